"""The Django app of the simulated EC2."""

from importlib import import_module

from django.apps import AppConfig


class Ec2Config(AppConfig):
    """Instances, which show the use of a role passed to a service."""

    name = "console.services.ec2"
    verbose_name = "EC2"

    def ready(self) -> None:
        import_module("console.services.ec2.actions")
        import_module("console.services.ec2.analysis")
        import_module("console.services.ec2.launch_ways")
