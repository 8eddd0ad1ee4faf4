"""The rows of a snapshot as a copy has them: new IDs, new secrets, later times."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.db import models

from console.labs.rows.credentials import new_key_secrets, renew_credentials
from console.labs.rows.history import learn_marks, move_event
from console.labs.rows.identities import AccountIds, known_ids, name_qualifiers
from console.labs.rows.log_files import records_of, rewrite_log_file
from console.labs.rows.objects import rename_object
from console.labs.rows.renames import Renaming
from console.labs.rows.snapshots import Snapshot
from console.labs.rows.tables import Model, Row, fields_of, references_of
from console.services.ec2.models import Instance, new_secret
from console.services.ec2.shapes import interface_ids
from console.services.s3.models import StoredObject
from iam.models import (
    AccessKey,
    Document,
    Event,
    SamlProvider,
    Sandbox,
    ServerCertificate,
    SigningCertificate,
    document_hash,
)
from sts.built_in.models import BuiltInKey

AS_THEY_ARE: Mapping[Model, frozenset[str]] = {
    AccessKey: frozenset({"sealed_secret"}),
    BuiltInKey: frozenset({"sealed_key", "certificate", "created_at"}),
    SamlProvider: frozenset({"private_keys", "valid_until"}),
    ServerCertificate: frozenset({"body", "chain", "expires_at"}),
    SigningCertificate: frozenset({"body"}),
}
"""Sealed, or a certificate's: what looks like an ID is none, and the times stay."""


@dataclass(frozen=True)
class Columns:
    """The columns of a model that may change in a copy."""

    texts: tuple[str, ...]
    data: tuple[str, ...]
    times: tuple[str, ...]


@lru_cache
def columns_of(model: Model) -> Columns:
    """Return the columns of a model by what may change in them."""
    fields = [
        field for field in fields_of(model) if field.attname not in AS_THEY_ARE.get(model, ())
    ]

    def of(*kinds: type["models.Field[Any, Any]"]) -> tuple[str, ...]:
        return tuple(field.attname for field in fields if isinstance(field, kinds))

    return Columns(
        texts=of(models.CharField, models.TextField),
        data=of(models.JSONField),
        times=of(models.DateTimeField),
    )


@dataclass(frozen=True)
class Rewriting:
    """How a copy's rows differ from the snapshot's.

    Without `new_secrets` all secrets stay. Rows that go back `in_place` keep what no two sandboxes
    may share, too: event IDs, and the addresses of instances' metadata.
    """

    into: Sandbox
    renaming: Renaming
    shift: timedelta
    new_secrets: Mapping[str, str] | None = None
    in_place: bool = False

    def tables(self, snapshot: Snapshot) -> dict[Model, list[Row]]:
        """Return the rows; they still have the snapshot's primary keys."""
        if not self.in_place:
            self._learn_marks(snapshot)
        tables = {
            model: [self._row(model, row) for row in rows]
            for model, rows in snapshot.tables.items()
            if model is not Event
        }
        self._merge_documents(tables)
        for stored in tables[StoredObject]:
            if not stored["by_service"]:
                rename_object(stored, self.renaming)
        tables[Event] = [self._row(Event, row) for row in snapshot.tables[Event]]
        self._rewrite_history(tables)
        if self.new_secrets is not None:
            renew_credentials(tables, self.into, self.new_secrets)
            for provider in tables[SamlProvider]:
                provider["uuid"] = self.renaming.uuid(provider["uuid"])
        return tables

    def _learn_marks(self, snapshot: Snapshot) -> None:
        learn_marks(self.renaming, (row["record"] for row in snapshot.tables[Event]))
        for row in snapshot.tables[StoredObject]:
            if row["by_service"]:
                learn_marks(self.renaming, records_of(row))

    def _row(self, model: Model, row: Row) -> Row:
        """Return a row with its texts renamed and its times moved."""
        columns, changed = columns_of(model), dict(row)
        for name in columns.texts:
            if changed[name]:
                changed[name] = self.renaming.text(changed[name])
        for name in columns.data:
            if changed[name]:
                changed[name] = self.renaming.value(changed[name])
        for name in columns.times:
            if changed[name] is not None:
                changed[name] += self.shift
        return changed

    def _merge_documents(self, tables: dict[Model, list[Row]]) -> None:
        """Count the hashes anew; documents that have become equal become one."""
        kept: dict[str, Row] = {}
        merged: dict[int, int] = {}
        for row in tables[Document]:
            new = document_hash(row["text"])
            self.renaming.learn(row["hash"], new)
            row["hash"] = new
            merged[row["id"]] = kept.setdefault(new, row)["id"]
        if len(kept) == len(merged):
            return
        tables[Document] = list(kept.values())
        for model, rows in tables.items():
            for column, referred in references_of(model).items():
                if referred is Document:
                    for row in rows:
                        row[column] = merged.get(row[column])

    def _rewrite_history(self, tables: dict[Model, list[Row]]) -> None:
        """Move the records in time, and give new marks to what no two sandboxes may share."""
        for event in tables[Event]:
            move_event(event, self.shift)
        for stored in tables[StoredObject]:
            if stored["by_service"] and (self.shift or not self.in_place):
                rewrite_log_file(stored, self.renaming, self.shift)
        if not self.in_place:
            for event in tables[Event]:
                event["event_id"] = self.renaming.uuid(event["event_id"])
            for instance in tables[Instance]:
                instance["secret"] = new_secret()


def fresh_rewriting(
    snapshot: Snapshot,
    into: Sandbox,
    shift: timedelta,
    account_ids: AccountIds,
    values: Mapping[str, str],
) -> Rewriting:
    """Return how the rows of a sandbox differ that has the snapshot's world, but no ID of it."""
    secrets = new_key_secrets(snapshot.tables[AccessKey], into)
    qualifiers = name_qualifiers(snapshot, into, account_ids, values)
    known = known_ids(snapshot, into, account_ids, values)
    renaming = Renaming(into.salt, known, {**values, **secrets, **qualifiers})
    for row in snapshot.tables[SigningCertificate]:
        old = row["certificate_id"]
        renaming.learn(old, renaming.letters(old, len(old)))
    for row in snapshot.tables[Instance]:
        old = row["instance_id"]
        new = renaming.text(old)
        for before, after in zip(interface_ids(old), interface_ids(new), strict=True):
            renaming.learn(before, after)
    return Rewriting(into, renaming, shift, secrets)
