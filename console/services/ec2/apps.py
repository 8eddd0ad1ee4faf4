"""The Django app of the simulated EC2."""

from importlib import import_module

from django.apps import AppConfig


class Ec2Config(AppConfig):
    """Instances, as far as they show what a role passed to a service gives."""

    name = "console.services.ec2"
    verbose_name = "EC2"

    def ready(self) -> None:
        import_module("console.services.ec2.actions")
        import_module("console.services.ec2.analysis")
