"""The tables of simulated state: which are copied, in which order, with which columns."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import BinaryField, Field, ForeignKey, QuerySet

from console.labs.rows.models import KeptBody, UndoStep
from console.labs.scenarios.removal import simulated_models
from console.services.s3.models import Part, Upload
from iam.models import AccessJob, CredentialReport, Directory, Sandbox, SessionMark, Simulated

Model = type[Simulated]
Row = dict[str, Any]
"""Values by the names of their columns, as the fields give them."""
Tables = Mapping[Model, Sequence[Row]]

DROPPED: frozenset[Model] = frozenset({AccessJob, CredentialReport, Part, SessionMark, Upload})
"""What a copy begins without: questions that were asked, sign-outs and moves of the clock, uploads
that nobody completed."""
_SANDBOX = "sandbox_id"


@lru_cache(maxsize=1)
def copied_models() -> tuple[Model, ...]:
    """Return the models that are copied, each after those that it refers to."""
    return tuple(model for model in reversed(simulated_models()) if model not in DROPPED)


@lru_cache
def fields_of(model: Model) -> tuple["Field[Any, Any]", ...]:
    """Return a model's fields, the primary key first, without the sandbox."""
    fields = [field for field in model._meta.concrete_fields if field.attname != _SANDBOX]
    return tuple(sorted(fields, key=lambda field: not field.primary_key))


@lru_cache
def references_of(model: Model) -> dict[str, Model]:
    """Return which column refers to which model."""
    found: dict[str, Any] = {
        field.attname: field.remote_field.model
        for field in fields_of(model)
        if isinstance(field, ForeignKey)
    }
    return found


@lru_cache
def binary_columns(model: Model) -> frozenset[str]:
    return frozenset(one.attname for one in fields_of(model) if isinstance(one, BinaryField))


def rows_of(model: Model, sandbox: Sandbox) -> list[Row]:
    """Return a sandbox's rows of a model, the oldest first."""
    return values_in(model, model.in_sandbox(sandbox).order_by("pk"))


def values_in(model: Model, rows: QuerySet[Any]) -> list[Row]:
    """Return the rows of a query as values."""
    found: list[Row] = list(rows.values(*(field.attname for field in fields_of(model))))
    for column in binary_columns(model):
        for row in found:
            row[column] = bytes(row[column])
    return found


def insert_rows(model: Model, sandbox: Sandbox, rows: Sequence[Row]) -> None:
    """Insert rows that have their primary keys, in one statement."""
    if not rows:
        return
    connection = transaction.get_connection()
    fields, quote = fields_of(model), connection.ops.quote_name
    columns = ", ".join([quote(_SANDBOX), *(quote(field.column or "") for field in fields)])
    places = ", ".join(["%s"] * (len(fields) + 1))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    values = [
        [
            sandbox.pk,
            *(field.get_db_prep_save(row[field.attname], connection) for field in fields),
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def delete_rows(sandbox: Sandbox) -> None:
    """Delete every simulated row of a sandbox, one statement for each model."""
    for model in simulated_models():
        rows = model.in_sandbox(sandbox)
        rows._raw_delete(rows.db)


def empty(sandbox: Sandbox) -> None:
    """Delete all that is in a sandbox, with its steps; an empty one is left, which nobody opens."""
    with transaction.atomic():
        delete_rows(sandbox)
        for model in (UndoStep, KeptBody, Directory):
            model.objects.filter(sandbox=sandbox).delete()
        Sandbox.objects.filter(pk=sandbox.pk).update(suspended=True, scenario="")


def remove(sandbox: Sandbox) -> None:
    """Delete a sandbox and all that is in it."""
    with transaction.atomic():
        delete_rows(sandbox)
        sandbox.delete()
