"""What the queue's worker does, in the process of a test."""

from unittest.mock import patch

from console.queue.worker import perform_due

_CLOSES = "django_tasks_db.management.commands.db_worker.close_old_connections"


def perform_jobs(queue: str = "default") -> None:
    """Perform the jobs of a queue that are due, on the test's own connection."""
    with patch(_CLOSES):
        perform_due(queue)
