"""All that is stored of somebody, to see that nobody else changes it."""

from typing import Any

from django.apps import apps

from iam.models import Directory, Sandbox, Simulated


def rows_of(sandbox: Sandbox) -> dict[str, dict[str, Any]]:
    """Return every row of a sandbox, its events included, as values by table and key."""
    tables: list[Any] = [one for one in apps.get_models() if issubclass(one, Simulated)]
    found = {}
    for model in (*tables, Directory):
        for row in model._base_manager.filter(sandbox=sandbox).values():
            found[f"{model._meta.label} {row[model._meta.pk.attname]}"] = row
    return found
