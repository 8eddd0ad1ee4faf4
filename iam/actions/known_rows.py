"""Entities that the calls of a page ask for again and again: each is read once a visit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from iam.models import Entity
from iam.perform import Call
from iam.queries import in_account


@dataclass
class _KnownRows:
    """Rows by name, None where there is none, and by primary key."""

    by_name: dict[str, Any] = field(default_factory=dict)
    by_key: dict[int, Any] = field(default_factory=dict)

    def add(self, rows: Iterable[Any]) -> None:
        for row in rows:
            self.by_name[row.name] = self.by_key[row.pk] = row


def _known(call: Call, model: type[Entity]) -> _KnownRows:
    key = ("entities", model, call.caller.account_id)
    return call.caller.visit.remember(key, _KnownRows)


def rows_named(call: Call, model: type[Entity], names: Iterable[str]) -> dict[str, Any]:
    """Return the account's entities by name, None for a name that none has."""
    known, wanted = _known(call, model), set(names)
    new = wanted - known.by_name.keys()
    if new:
        known.add(_read(call, model, name__in=new))
        known.by_name.update(dict.fromkeys(new - known.by_name.keys()))
    return {name: known.by_name[name] for name in wanted}


def rows_by_key(call: Call, model: type[Entity], keys: Iterable[int]) -> dict[int, Any]:
    """Return the account's entities by primary key."""
    known = _known(call, model)
    new = set(keys) - known.by_key.keys()
    if new:
        known.add(_read(call, model, pk__in=new))
    return known.by_key


def known_rows(call: Call, model: type[Entity], found: QuerySet[Any]) -> list[Any]:
    """Return the rows of a query of the account's entities, which are known from then on."""
    shared = [one for one in model.joined if one != "account"]
    rows = list(found.prefetch_related(*shared))
    for row in rows:
        row.account = call.account
    _known(call, model).add(rows)
    return rows


def _read(call: Call, model: type[Entity], **which: Any) -> QuerySet[Any]:
    """Return many entities of the account: what they share is read once, and not with each."""
    rows = in_account(model, call.caller.sandbox, call.caller.account_id).filter(**which)
    return rows.select_related(None).prefetch_related(*model.joined)
