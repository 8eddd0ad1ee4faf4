"""A sandbox set back to a snapshot, in its place."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from console.labs.rows.copies import elapsed
from console.labs.rows.identities import own_account_ids
from console.labs.rows.placeholders import insert_tables
from console.labs.rows.renames import Renaming
from console.labs.rows.rewrites import Rewriting, fresh_rewriting
from console.labs.rows.snapshots import Snapshot
from console.labs.rows.tables import Row, delete_rows
from console.labs.rows.undo.steps import drop_steps
from iam.models import AccessKey, Directory, Sandbox


def _rewriting(
    snapshot: Snapshot, sandbox: Sandbox, at: datetime, values: Mapping[str, str]
) -> Rewriting:
    shift = elapsed(snapshot, sandbox, at)
    if snapshot.salt == sandbox.salt:  # its own, of an earlier time
        return Rewriting(sandbox, Renaming(sandbox.salt, only_known=True), shift, in_place=True)
    ids = own_account_ids(snapshot, sandbox)
    return fresh_rewriting(snapshot, sandbox, shift, ids, values)


def _enter_keys(sandbox: Sandbox, keys: list[Row]) -> None:
    """Put the access keys in the place of the directory's, if the sandbox is in it at all."""
    listed = Directory.objects.filter(sandbox=sandbox)
    if listed.exists():
        listed.exclude(key__regex=r"^\d{12}$").delete()
        Directory.objects.bulk_create(
            Directory(key=row["access_key_id"], sandbox=sandbox) for row in keys
        )


def restore(
    sandbox: Sandbox,
    snapshot: Snapshot,
    *,
    received_at: datetime | None = None,
    values: Mapping[str, str] | None = None,
) -> Sandbox:
    """Set a sandbox back to a snapshot of its own, or to the one that it was copied from.

    Account IDs and handed-out secrets are those of its start, times are as if it began now. No old
    session is honored; the clock stays. Returns the sandbox as it is now.
    """
    at = received_at or timezone.now()
    with transaction.atomic():
        rows = Sandbox.objects.filter(pk=sandbox.pk)
        rows.update(generation=F("generation") + 1, stamp=F("stamp") + 1, stored=0)
        fresh = rows.get()
        rewriting = _rewriting(snapshot, fresh, at, values or {})
        tables = rewriting.tables(snapshot)
        delete_rows(fresh)
        drop_steps(fresh)
        insert_tables(fresh, tables)
        _enter_keys(fresh, tables[AccessKey])
        due = snapshot.logs_due_at
        fresh.logs_due_at = due + rewriting.shift if due else None
        fresh.save(update_fields=["logs_due_at"])
    return fresh
