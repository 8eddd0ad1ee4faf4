"""The Django app of the site itself."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from console.stored_text import check_every_statement


class ConsoleConfig(AppConfig):
    """Pages, components and the composition root."""

    name = "console"
    verbose_name = "Console"

    def ready(self) -> None:
        """Look at every statement of every connection."""
        connection_created.connect(check_every_statement)
