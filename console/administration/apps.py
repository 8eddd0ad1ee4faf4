"""The Django app of the site's administration."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """What administrators see and do."""

    name = "console.administration"
    verbose_name = "Administration"
