"""Statements observed on their way to the database: which rows they are about to change."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection

from console.labs.rows.tables import DROPPED, Model, Row, binary_columns, fields_of, values_in
from console.labs.rows.undo.changes import Changes
from console.labs.scenarios.removal import simulated_models
from console.services.cloudtrail.models import Trail
from console.services.ec2.models import Instance
from console.services.s3.models import Part, StoredObject, Upload
from iam.models import AccessKey, Document, Event, MfaDevice, Role, Sandbox, User

Execute = Callable[..., Any]
_WRITE = re.compile(r'(INSERT|UPDATE|DELETE)(?: OR \w+)?(?: INTO| FROM)? "(\w+)"')
_WHERE = " WHERE "
_PLACE = re.compile(r"(?<!%)%s")
_NOT_UNDONE = (DROPPED - {Part, Upload}) | {Document, Event}
OF_THE_PRESENT: dict[Model, frozenset[str]] = {
    AccessKey: frozenset({"last_used_at", "last_used_service", "last_used_region"}),
    Instance: frozenset({"session"}),
    MfaDevice: frozenset({"last_step", "drift"}),
    Role: frozenset({"last_used_at", "last_used_region"}),
    Trail: frozenset({"delivered_to", "attempted_at", "delivered_at", "delivery_error"}),
    User: frozenset({"password_last_used"}),
}
"""What a step does not bring back: what use and delivery noted, by the clock that goes on."""


@lru_cache(maxsize=1)
def _observed() -> dict[str, Model]:
    """Return the models whose rows a step holds, by their tables."""
    models = set(simulated_models()) - _NOT_UNDONE
    return {model._meta.db_table: model for model in models}


class Observation:
    """The rows of one sandbox that statements change while it lasts."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._before: dict[Model, dict[int, Row]] = {}
        self._newest: dict[Model, int] = {}

    def __call__(
        self, execute: Execute, sql: str, params: Any, many: bool, context: Mapping[str, Any]
    ) -> Any:
        """Note what a statement is about to change, then let it pass; for `execute_wrapper`."""
        found = _WRITE.match(sql)
        model = _observed().get(found[2]) if found else None
        if found and model:
            if found[1] == "INSERT":
                self._note_newest(model)
            else:
                for one in params if many else (params,):
                    self._note_before(model, sql, one)
        return execute(sql, params, many, context)

    def _note_newest(self, model: Model) -> None:
        """Note the last row there is before the first one that the write makes."""
        if model not in self._newest:
            keys = model.in_sandbox(self._sandbox).order_by("-pk").values_list("pk", flat=True)
            self._newest[model] = keys.first() or 0

    def _note_before(self, model: Model, sql: str, params: Sequence[Any]) -> None:
        """Note the rows that a statement's condition holds for, unless the write made them."""
        start, _, condition = sql.partition(_WHERE)
        own = list(params)[len(_PLACE.findall(start)) :]
        before = self._before.setdefault(model, {})
        newest = self._newest.get(model)
        for row in _rows_where(model, self._sandbox, condition, own):
            if newest is None or row["id"] <= newest:
                before.setdefault(row["id"], row)

    def changes(self) -> Changes:
        """Return what is different now."""
        found = Changes()
        for model, newest in self._newest.items():
            rows = model.in_sandbox(self._sandbox).filter(pk__gt=newest)
            if model is StoredObject:  # a log file that was delivered meanwhile stays
                rows = rows.filter(by_service=False)
            keys = list(rows.values_list("pk", flat=True))
            if keys:
                found.made[model] = keys
        for model, before in self._before.items():
            rows = model.in_sandbox(self._sandbox).filter(pk__in=list(before))
            after = {row["id"]: row for row in values_in(model, rows)}
            deleted = [row for key, row in before.items() if key not in after]
            changed = [_difference(model, before[key], row) for key, row in after.items()]
            if deleted:
                found.deleted[model] = deleted
            if any(changed):
                found.before[model] = [row for row in changed if row]
        return found


def _difference(model: Model, before: Row, after: Row) -> Row:
    """Return the values of before that a row has no more, with its key; {} if there is none."""
    kept = OF_THE_PRESENT.get(model, frozenset())
    differ = {
        name: value for name, value in before.items() if after[name] != value and name not in kept
    }
    return {"id": before["id"], **differ} if differ else {}


def _rows_where(model: Model, sandbox: Sandbox, condition: str, params: Sequence[Any]) -> list[Row]:
    """Return the sandbox's rows that the condition of a statement holds for."""
    quote = connection.ops.quote_name
    own = f"{quote(model._meta.db_table)}.{quote('sandbox_id')} = %s"
    words = ("SELECT * FROM", quote(model._meta.db_table), "WHERE", own)
    sql = " ".join((*words, "AND (", condition, ")") if condition else words)
    rows = model._base_manager.raw(sql, [sandbox.pk, *params])
    names, binary = [field.attname for field in fields_of(model)], binary_columns(model)
    return [
        {name: bytes(value) if name in binary else value for name, value in one}
        for one in ([(name, getattr(row, name)) for name in names] for row in rows)
    ]
