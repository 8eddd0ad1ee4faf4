"""The Django app of scenarios and labs."""

from importlib import import_module

from django.apps import AppConfig


class LabsConfig(AppConfig):
    """Scenario files and what they seed."""

    name = "console.labs"
    verbose_name = "Labs"

    def ready(self) -> None:
        """Watch the writes of sandboxes that keep their steps."""
        import_module("console.labs.rows.undo.steps")
