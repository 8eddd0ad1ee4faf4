"""A sandbox's rows as they were at a moment, which can be stored and copied any number of times."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from console.labs.rows.tables import Model, Row, Tables, copied_models, fields_of, rows_of
from console.labs.rows.values import of_plain, to_plain, whole
from console.services.ec2.models import Instance
from iam.models import Sandbox, Simulated

_FORMAT = 1
_OF_THE_SANDBOX = (
    "salt",
    "slug",
    "organization_id",
    "scenario",
    "secure_transport",
    "outside_accounts",
)
_ADDED_LATER: Mapping[str, Any] = {"outside_accounts": {}}
_BLANK: Mapping[type[Simulated], Row] = {
    Instance: {"session": {}, "client_token": "", "request_hash": ""},
}
"""What a copy begins without, of rows that it keeps."""


def _columns(model: Model) -> list[str]:
    return [field.attname for field in fields_of(model)]


def _read(model: Model, table: Sequence[Sequence[Any]]) -> list[Row]:
    """Return the rows of a table that begins with the names of its columns."""
    columns, *rows = table
    return [whole(model, of_plain(model, dict(zip(columns, row, strict=True)))) for row in rows]


@dataclass(frozen=True)
class Snapshot:
    """Every simulated row of a sandbox; times are those of its clock.

    `moment` is when it was taken, by the sandbox's clock.
    """

    moment: datetime
    salt: str
    slug: str
    organization_id: str
    scenario: str
    secure_transport: bool
    outside_accounts: Mapping[str, str]
    clock_offset: timedelta
    logs_due_at: datetime | None
    tables: Tables

    def _json(self) -> str:
        plain: dict[str, Any] = {name: getattr(self, name) for name in _OF_THE_SANDBOX}
        plain |= {
            "format": _FORMAT,
            "moment": self.moment.isoformat(),
            "clock_offset": self.clock_offset.total_seconds(),
            "logs_due_at": self.logs_due_at.isoformat() if self.logs_due_at else None,
            "tables": {
                model._meta.label: [_columns(model), *(list(row.values()) for row in rows)]
                for model, rows in self.tables.items()
            },
        }
        return json.dumps(plain, default=to_plain)

    def plain(self) -> dict[str, Any]:
        """Return it as data that JSON knows."""
        known: dict[str, Any] = json.loads(self._json())
        return known

    def packed(self) -> bytes:
        """Return it as bytes to store."""
        return zlib.compress(self._json().encode())

    @classmethod
    def unpacked(cls, packed: bytes) -> "Snapshot":
        """Return what was packed."""
        return cls.of_plain(json.loads(zlib.decompress(packed)))

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Snapshot":
        """Return what was data, of this version of the models or of an earlier one.

        A column that is new has its field's default; what is gone is passed over.
        """
        if plain["format"] != _FORMAT:
            message = f"A snapshot of format {plain['format']} cannot be read."
            raise ValueError(message)
        due = plain["logs_due_at"]
        tables = {
            model: _read(model, plain["tables"].get(model._meta.label, [()]))
            for model in copied_models()
        }
        return cls(
            **{name: {**_ADDED_LATER, **plain}[name] for name in _OF_THE_SANDBOX},
            moment=datetime.fromisoformat(plain["moment"]),
            clock_offset=timedelta(seconds=plain["clock_offset"]),
            logs_due_at=datetime.fromisoformat(due) if due else None,
            tables=tables,
        )


def snapshot(sandbox: Sandbox, received_at: datetime | None = None) -> Snapshot:
    """Return a sandbox's rows as they are now, or as at a real moment: what a copy is made from."""
    with transaction.atomic():
        # Nothing writes meanwhile: the sandbox's row is what each write locks.
        locked = Sandbox.objects.select_for_update().get(pk=sandbox.pk)
        tables = {
            model: [{**row, **_BLANK.get(model, {})} for row in rows_of(model, locked)]
            for model in copied_models()
        }
    return Snapshot(
        **{name: getattr(locked, name) for name in _OF_THE_SANDBOX},
        moment=locked.time_at(received_at or timezone.now()),
        clock_offset=locked.clock_offset,
        logs_due_at=locked.logs_due_at,
        tables=tables,
    )
