"""The Django app of the simulated S3."""

from django.apps import AppConfig


class S3Config(AppConfig):
    """Buckets and objects, as far as they show what a role gives."""

    name = "console.services.s3"
    verbose_name = "S3"
