"""The Django app of the queue."""

from importlib import import_module

from django.apps import AppConfig


class QueueConfig(AppConfig):
    """What runs later, and regularly."""

    name = "console.queue"
    verbose_name = "Queue"

    def ready(self) -> None:
        """Try failed jobs again."""
        import_module("console.queue.retries")
