"""The Django app of the site itself."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Pages, components and the composition root."""

    name = "console"
    verbose_name = "Console"
