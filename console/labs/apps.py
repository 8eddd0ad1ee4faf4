"""The Django app of scenarios and labs."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _make_groups(**_: Any) -> None:
    """Make the groups that say what a site user is, wherever the tables were emptied."""
    site_users = import_module("console.labs.site_users")
    group = import_module("django.contrib.auth.models").Group
    for name in (site_users.STUDENTS, site_users.INSTRUCTORS):
        group.objects.get_or_create(name=name)


class LabsConfig(AppConfig):
    """Scenario files and what they seed."""

    name = "console.labs"
    verbose_name = "Labs"

    def ready(self) -> None:
        """Watch the writes of sandboxes that keep their steps, and tables that were made."""
        import_module("console.labs.rows.undo.steps")
        post_migrate.connect(_make_groups, sender=self)
