"""The Django app of the simulated S3."""

from importlib import import_module

from django.apps import AppConfig


class S3Config(AppConfig):
    """Buckets and objects, which show the permissions of a role."""

    name = "console.services.s3"
    verbose_name = "S3"

    def ready(self) -> None:
        import_module("console.services.s3.actions")
        import_module("console.services.s3.analysis")
