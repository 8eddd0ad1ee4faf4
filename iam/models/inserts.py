"""Rows written by one statement whose SQL is made once: Django would compose it each time."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import JSONField, Model

if TYPE_CHECKING:
    from django.db.models import Field

M = TypeVar("M", bound=Model)
_MOST_AT_ONCE = 20
_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
"""What every database takes as it is, in a column that is not JSON."""


@cache
def _columns(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    return tuple(field for field in model._meta.concrete_fields if not field.primary_key)


@cache
def _sql(model: type[Model], count: int, vendor: str) -> str:
    def quote(name: str | None) -> str:
        return connection.ops.quote_name(name or "")

    fields = _columns(model)
    names = ", ".join(quote(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    rows = ", ".join([row] * count)
    return f"INSERT INTO {table} ({names}) VALUES {rows} RETURNING {key}"  # noqa: S608


def _prepared(field: "Field[Any, Any]", value: Any, used: BaseDatabaseWrapper) -> Any:
    if type(value) in _AS_THEY_ARE and not isinstance(field, JSONField):
        return value
    return field.get_db_prep_save(value, used)


def insert(rows: Sequence[M]) -> list[int]:
    """Insert new rows of one model; return their primary keys."""
    if not rows:
        return []
    model = type(rows[0])
    used = connections[DEFAULT_DB_ALIAS]  # looked up once
    if len(rows) > _MOST_AT_ONCE or not used.features.can_return_rows_from_bulk_insert:
        return [row.pk for row in model._base_manager.bulk_create(rows)]
    values = [
        _prepared(field, getattr(row, field.attname), used)
        for row in rows
        for field in _columns(model)
    ]
    with used.cursor() as cursor:
        cursor.execute(_sql(model, len(rows), used.vendor), values)
        return [key for (key,) in cursor.fetchall()]


@cache
def _sql_of_value(model: type[Model], column: str) -> str:
    names = model._meta.db_table, column, model._meta.pk.column or "id"
    table, named, key = map(connection.ops.quote_name, names)
    return f"UPDATE {table} SET {named} = %s WHERE {key} = %s"  # noqa: S608


def set_value(row: Model, column: str, value: int | str) -> None:
    """Write one value of a row that was read; `value` is one that a database takes as it is."""
    with connection.cursor() as cursor:
        cursor.execute(_sql_of_value(type(row), column), [value, row.pk])
