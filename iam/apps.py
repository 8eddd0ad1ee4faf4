"""The Django app of the simulated IAM."""

from importlib import import_module

from django.apps import AppConfig


class IamConfig(AppConfig):
    """Accounts, identities, policies and the one way to perform an operation."""

    name = "iam"
    verbose_name = "IAM"

    def ready(self) -> None:
        import_module("iam.actions")
