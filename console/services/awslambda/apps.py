"""The Django app of the simulated Lambda."""

from importlib import import_module

from django.apps import AppConfig


class LambdaConfig(AppConfig):
    """Functions, which run as a role that is passed to them."""

    name = "console.services.awslambda"
    verbose_name = "Lambda"

    def ready(self) -> None:
        import_module("console.services.awslambda.actions")
        import_module("console.services.awslambda.analysis")
