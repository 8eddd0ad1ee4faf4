"""The queue's own job."""

from datetime import timedelta

from django.core.management import call_command
from django_tasks import task

from console.queue.schedule import every


@every(timedelta(days=1))
@task
def prune_results() -> None:
    """Delete what is known of jobs that ended: two days after success, a month after failure."""
    call_command(
        "prune_db_task_results",
        queue_name="*",
        min_age_days=2,
        failed_min_age_days=30,
        verbosity=0,
    )
