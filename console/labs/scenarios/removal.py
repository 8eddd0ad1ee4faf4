"""Every simulated row of a sandbox removed, whatever models there are."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.apps import apps

from iam.models import Directory, Sandbox, Simulated


def _refers_to(model: type[Simulated]) -> set[Any]:
    return {
        field.related_model
        for field in model._meta.get_fields()
        if field.many_to_one or (field.one_to_one and field.concrete)
    }


@lru_cache(maxsize=1)
def simulated_models() -> tuple[type[Simulated], ...]:
    """Return all models of simulated state, those that refer to others before these."""
    waiting = [model for model in apps.get_models() if issubclass(model, Simulated)]
    ordered: list[type[Simulated]] = []
    while waiting:
        free = [m for m in waiting if not _is_referred_to(m, waiting)]
        ordered += free
        waiting = [model for model in waiting if model not in free]
    return tuple(ordered)


def _is_referred_to(model: type[Simulated], models: Iterable[type[Simulated]]) -> bool:
    return any(model in _refers_to(other) for other in models if other is not model)


def wipe(sandbox: Sandbox) -> None:
    """Delete what a sandbox holds; the sandbox itself and its account IDs stay its own."""
    for model in simulated_models():
        model.in_sandbox(sandbox).delete()
    sandbox.organization_id = ""
    sandbox.save(update_fields=["organization_id"])
    account_ids = r"^\d{12}$"
    Directory.objects.filter(sandbox=sandbox).exclude(key__regex=account_ids).delete()
