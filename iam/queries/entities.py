"""Users, groups, roles and customer managed policies, found by name or by unique ID."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import QuerySet

from iam.models import Entity, Role, Sandbox, User
from iam.models.prepared_queries import Prepared

_MODELS_BY_PREFIX: dict[str, type[Entity]] = {"AIDA": User, "AROA": Role}


def in_account(model: type[Entity], sandbox: Sandbox, account_id: str) -> QuerySet[Any]:
    """Return an account's entities of one model, with what their ARNs and shapes need."""
    rows: QuerySet[Any] = model.in_sandbox(sandbox).filter(account__account_id=account_id)
    return rows.select_related(*model.joined)


@cache
def _named(model: type[Entity]) -> Prepared[Any]:
    def rows(sandbox: int, account_id: str, name: str) -> QuerySet[Any]:
        return in_account(model, Sandbox(pk=sandbox), account_id).filter(name=name)

    return Prepared(rows)


def find_named(model: type[Entity], sandbox: Sandbox, account_id: str, name: str) -> list[Any]:
    """Return an account's entities with this exact name: one, or none."""
    return _named(model).rows(sandbox.pk, account_id, name) if "\0" not in name else []


def find_user(sandbox: Sandbox, account_id: str, name: str) -> User | None:
    """Return a user by its exact name: User3 is not user3."""
    return next(iter(find_named(User, sandbox, account_id, name)), None)


def find_role(sandbox: Sandbox, account_id: str, name: str) -> Role | None:
    return next(iter(find_named(Role, sandbox, account_id, name)), None)


def entity_arns(sandbox: Sandbox, unique_ids: Iterable[str]) -> dict[str, str]:
    """Return the current ARNs of the users and roles that have these unique IDs."""
    wanted = set(unique_ids)
    arns: dict[str, str] = {}
    for prefix, model in _MODELS_BY_PREFIX.items():
        ids = {one for one in wanted if one.startswith(prefix)}
        if ids:
            rows = model.in_sandbox(sandbox).filter(unique_id__in=ids).select_related("account")
            arns.update((row.unique_id, row.arn) for row in rows)
    return arns
