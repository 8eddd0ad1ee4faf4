"""Values of fields as JSON can hold them, whatever the database."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import models

from console.labs.rows.tables import Model, Row, fields_of

Read = Callable[[str], Any]
_READ: tuple[tuple[type["models.Field[Any, Any]"], Read], ...] = (
    (models.DateTimeField, datetime.fromisoformat),
    (models.UUIDField, UUID),
    (models.BinaryField, b64decode),
)


def to_plain(value: Any) -> str:
    """Return a value that JSON does not know as text; for `json.dumps`."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return b64encode(value).decode()


@lru_cache
def _readers(model: Model) -> dict[str, Read]:
    return {
        field.attname: read
        for field in fields_of(model)
        for kind, read in _READ
        if isinstance(field, kind)
    }


def of_plain(model: Model, row: Row) -> Row:
    """Return values as the model's fields give them; columns that are gone are left out."""
    readers = _readers(model)
    known = {field.attname for field in fields_of(model)}
    return {
        name: value if value is None or name not in readers else readers[name](value)
        for name, value in row.items()
        if name in known
    }


def whole(model: Model, row: Row) -> Row:
    """Return a row with the default of each column that it lacks."""
    return {
        field.attname: row[field.attname] if field.attname in row else field.get_default()
        for field in fields_of(model)
    }
