"""Rows put into an empty sandbox, with primary keys of its own."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from console.labs.rows.keys import reserve_keys
from console.labs.rows.tables import Model, Row, copied_models, insert_rows, references_of
from console.services.cloudtrail.models import Trail
from iam.models import AccessKey, Account, Directory, Event, Sandbox


def _map_references(model: Model, rows: Sequence[Row], new: Mapping[Model, dict[int, int]]) -> None:
    for column, referred in references_of(model).items():
        keys = new[referred]
        for row in rows:
            if row[column] is not None:
                row[column] = keys[row[column]]


def _map_delivered(trails: Sequence[Row], old: Sequence[int], new: Sequence[int]) -> None:
    """Let each trail go on after the last event that it delivered: the key of one of the copy's."""
    for trail in trails:
        delivered = bisect_right(old, trail["delivered_to"])
        trail["delivered_to"] = new[delivered - 1] if delivered else 0


def insert_tables(sandbox: Sandbox, tables: Mapping[Model, list[Row]]) -> None:
    """Insert rows that refer to each other by old primary keys; one statement for each model."""
    reserved = reserve_keys({model: len(rows) for model, rows in tables.items()})
    old = [row["id"] for row in tables[Event]]
    _map_delivered(tables[Trail], old, reserved.get(Event, ()))
    new: dict[Model, dict[int, int]] = {}
    for model in copied_models():
        rows = tables[model]
        _map_references(model, rows, new)
        keys = reserved.get(model, [])
        new[model] = dict(zip((row["id"] for row in rows), keys, strict=True))
        for row, key in zip(rows, keys, strict=True):
            row["id"] = key
        insert_rows(model, sandbox, rows)


def enter_in_directory(sandbox: Sandbox, tables: Mapping[Model, list[Row]]) -> None:
    """Let the accounts and access keys be reached from outside; IntegrityError if one is taken."""
    keys = [row["account_id"] for row in tables[Account]]
    keys += [row["access_key_id"] for row in tables[AccessKey]]
    Directory.objects.bulk_create(Directory(key=key, sandbox=sandbox) for key in keys)
