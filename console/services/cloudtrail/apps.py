"""The Django app of the simulated CloudTrail."""

from importlib import import_module

from django.apps import AppConfig


class CloudTrailConfig(AppConfig):
    """The event history, and trails."""

    name = "console.services.cloudtrail"
    verbose_name = "CloudTrail"

    def ready(self) -> None:
        import_module("console.services.cloudtrail.actions")
        import_module("console.services.cloudtrail.deliveries")
