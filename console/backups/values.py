"""Rows as lines of text that mean the same in every database, and what hashes them."""

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import BinaryField, DurationField, Field, JSONField, Model

_AT_ONCE = 500


def all_models() -> dict[str, type[Model]]:
    """Return every model with a table, by its label; those between many and many, too."""
    models = apps.get_models(include_auto_created=True)
    return {one._meta.label: one for one in models if one._meta.managed and not one._meta.proxy}


def fields_of(model: type[Model]) -> list["Field[Any, Any]"]:
    return list(model._meta.concrete_fields)


def columns_of(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in fields_of(model))


def _plain(value: Any) -> Any:
    """Return a value of a row as JSON has it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    if isinstance(value, memoryview | bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, date | UUID | Decimal):
        return str(value)
    message = f"{type(value)} has no place in a backup."
    raise TypeError(message)


def line_of(values: Sequence[Any]) -> str:
    """Return a row as a line; the order of keys in its data stays."""
    return json.dumps(values, default=_plain, separators=(",", ":"))


def row_of(fields: Sequence["Field[Any, Any]"], values: Sequence[Any]) -> list[Any]:
    """Return a line's values as the fields have them; raises ValueError or TypeError."""
    return [_of_plain(field, value) for field, value in zip(fields, values, strict=True)]


def _of_plain(field: "Field[Any, Any]", value: Any) -> Any:
    if value is None or isinstance(field, JSONField):
        return value
    if isinstance(field, BinaryField):
        return base64.b64decode(value, validate=True)
    if isinstance(field, DurationField):
        return timedelta(microseconds=value)
    if field.remote_field is not None:
        return _key_of(field).to_python(value)
    return field.to_python(value)


def _key_of(field: "Field[Any, Any]") -> "Field[Any, Any]":
    """Return the field that a reference has values of."""
    target: Field[Any, Any] = field.target_field  # type: ignore[attr-defined]
    return target


def lines_of(model: type[Model]) -> Iterator[str]:
    """Yield the rows of a table as lines, in the order of their keys."""
    rows = model._base_manager.order_by("pk").values_list(*columns_of(model))
    for row in rows.iterator(chunk_size=_AT_ONCE):
        yield line_of(row)


class RowsHash:
    """The number and the hash of rows, the same for equal values in every database."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.rows = 0
        self.bytes = 0

    def add(self, line: str, values: Any) -> None:
        """Add a row; databases may keep the keys of data in another order."""
        canonical = json.dumps(values, sort_keys=True, separators=(",", ":"))
        self._hash.update(canonical.encode())
        self._hash.update(b"\n")
        self.rows += 1
        self.bytes += len(line.encode()) + 1

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def hash_of(model: type[Model]) -> RowsHash:
    """Return the hash of a table as it is in this database."""
    found = RowsHash()
    for line in lines_of(model):
        found.add(line, json.loads(line))
    return found
