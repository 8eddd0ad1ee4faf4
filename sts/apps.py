"""The Django app of the simulated STS."""

from django.apps import AppConfig


class StsConfig(AppConfig):
    """AssumeRole, its family, and temporary credentials."""

    name = "sts"
    verbose_name = "STS"
