"""The security token service."""

from importlib import import_module

from django.apps import AppConfig


class StsConfig(AppConfig):
    """Registers the operations of STS with `perform`."""

    name = "sts"
    verbose_name = "Identity provider"

    def ready(self) -> None:
        import_module("sts.actions")
