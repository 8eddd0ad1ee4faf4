"""The Django app of the simulated CloudTrail."""

from django.apps import AppConfig


class CloudTrailConfig(AppConfig):
    """The history of what was called."""

    name = "console.services.cloudtrail"
    verbose_name = "CloudTrail"
