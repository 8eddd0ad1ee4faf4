"""What one write changed, as a step holds it."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.apps import apps

from console.labs.rows.tables import Model, Row, binary_columns
from console.labs.rows.values import of_plain, to_plain

Bodies = dict[str, bytes]
"""Contents of objects by their hashes."""


def _labelled(tables: Mapping[Model, Any]) -> dict[str, Any]:
    return {model._meta.label: rows for model, rows in tables.items()}


def _by_model(parts: Mapping[str, Any]) -> dict[Model, Any]:
    models: Any = apps
    return {models.get_model(label): rows for label, rows in parts.items()}


def _stored(model: Model, row: Row, bodies: Bodies) -> Row:
    """Return a row with hashes in place of contents, which are put among the bodies."""
    stored = dict(row)
    for column in binary_columns(model) & row.keys():
        stored[column] = sha256(row[column]).hexdigest()
        bodies[stored[column]] = row[column]
    return stored


def _read(model: Model, stored: Row, bodies: Mapping[str, bytes]) -> Row:
    contents = {column: bodies[stored[column]] for column in binary_columns(model) & stored.keys()}
    plain = {column: value for column, value in stored.items() if column not in contents}
    return of_plain(model, plain) | contents


@dataclass
class Changes:
    """Rows of a sandbox that a write made, deleted, or gave other values.

    Of a row that is still there, `before` holds the values that are different now.
    """

    made: dict[Model, list[int]] = field(default_factory=dict)
    deleted: dict[Model, list[Row]] = field(default_factory=dict)
    before: dict[Model, list[Row]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.made or self.deleted or self.before)

    def packed(self) -> tuple[bytes, Bodies]:
        """Return them as bytes, with the contents of objects that these name by hash."""
        bodies: Bodies = {}
        parts = {"made": _labelled(self.made)}
        for name, tables in (("deleted", self.deleted), ("before", self.before)):
            stored = {m: [_stored(m, row, bodies) for row in rows] for m, rows in tables.items()}
            parts[name] = _labelled(stored)
        return zlib.compress(json.dumps(parts, default=to_plain).encode()), bodies

    @classmethod
    def unpacked(cls, packed: bytes, bodies: Mapping[str, bytes]) -> "Changes":
        parts = json.loads(zlib.decompress(packed))
        deleted, before = (
            {m: [_read(m, row, bodies) for row in rows] for m, rows in _by_model(part).items()}
            for part in (parts["deleted"], parts["before"])
        )
        return cls(_by_model(parts["made"]), deleted, before)
