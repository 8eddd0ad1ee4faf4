"""A snapshot copied into a new sandbox, for a student or for who looks at a student's world."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from console.labs.rows.identities import AccountIds, own_account_ids
from console.labs.rows.placeholders import enter_in_directory, insert_tables
from console.labs.rows.renames import Renaming
from console.labs.rows.rewrites import Rewriting, fresh_rewriting
from console.labs.rows.snapshots import Snapshot
from console.labs.scenarios.passwords import with_kept_secrets
from iam.models import AccessKey, Account, Directory, Sandbox
from iam.models.identifiers import new_account_id
from iam.models.organizations import organization_id_in

_SECOND = timedelta(seconds=1)


def elapsed(snapshot: Snapshot, into: Sandbox, received_at: datetime) -> timedelta:
    """Return by how much times move, in whole seconds, since records show no parts of one."""
    return (into.time_at(received_at) - snapshot.moment) // _SECOND * _SECOND


def _scenario(snapshot: Snapshot, renaming: Renaming) -> str:
    """Return the scenario of a copy, in which no secret is fixed."""
    if not snapshot.scenario:
        return ""
    data = with_kept_secrets(json.loads(snapshot.scenario), trusted=False)
    return renaming.text(json.dumps(data, ensure_ascii=False))


def _save(into: Sandbox, **columns: object) -> None:
    """Store what a copy's sandbox has of the snapshot's."""
    Sandbox.objects.filter(pk=into.pk).update(stamp=F("stamp") + 1, **columns)
    for name, value in columns.items():
        setattr(into, name, value)
    into.stamp += 1


def _copy(
    snapshot: Snapshot,
    into: Sandbox,
    received_at: datetime,
    account_ids: AccountIds,
    values: Mapping[str, str],
) -> None:
    shift = elapsed(snapshot, into, received_at)
    rewriting = fresh_rewriting(snapshot, into, shift, account_ids, values)
    tables = rewriting.tables(snapshot)
    scenario = _scenario(snapshot, rewriting.renaming)
    due = snapshot.logs_due_at
    with transaction.atomic():
        enter_in_directory(into, tables)
        insert_tables(into, tables)
        _save(
            into,
            scenario=scenario,
            organization_id=organization_id_in(into.pk) if snapshot.organization_id else "",
            secure_transport=snapshot.secure_transport,
            outside_accounts=dict(snapshot.outside_accounts),
            logs_due_at=due + shift if due else None,
        )


def copy_world(
    snapshot: Snapshot,
    into: Sandbox,
    *,
    received_at: datetime | None = None,
    values: Mapping[str, str] | None = None,
) -> Sandbox:
    """Fill a new, empty sandbox; every ID and secret is new, and times are as if it began now.

    `values` are further texts to replace throughout: a lab's variables.
    """
    at = received_at or timezone.now()
    old = [row["account_id"] for row in snapshot.tables[Account]]
    while True:
        account_ids = {account_id: new_account_id() for account_id in old}
        try:
            _copy(snapshot, into, at, account_ids, values or {})
        except IntegrityError:
            if not Directory.objects.filter(key__in=account_ids.values()).exists():
                raise
        else:
            return into


def as_in_copy(
    data: Any, snapshot: Snapshot, copy: Sandbox, values: Mapping[str, str] | None = None
) -> Any:
    """Return what is known of a snapshot's world, as data, with the IDs and names of its copy."""
    ids = own_account_ids(snapshot, copy)
    return fresh_rewriting(snapshot, copy, timedelta(), ids, values or {}).renaming.value(data)


def copy_with_ids(snapshot: Snapshot, into: Sandbox) -> Sandbox:
    """Fill a new, empty sandbox with the same IDs and secrets, for an instructor who looks at it.

    It is not in the directory, so nothing reaches it from outside, and its keys are inactive.
    """
    rewriting = Rewriting(into, Renaming(token_hex(16), only_known=True), timedelta())
    tables = rewriting.tables(snapshot)
    for key in tables[AccessKey]:
        key["active"] = False
    with transaction.atomic():
        insert_tables(into, tables)
        _save(
            into,
            salt=snapshot.salt,
            slug=snapshot.slug,
            scenario=snapshot.scenario,
            organization_id=snapshot.organization_id,
            secure_transport=snapshot.secure_transport,
            outside_accounts=dict(snapshot.outside_accounts),
            clock_offset=snapshot.clock_offset,
            logs_due_at=snapshot.logs_due_at,
        )
    return into
