"""The newest write of a sandbox undone."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from console.labs.rows.models import UndoStep
from console.labs.rows.tables import insert_rows
from console.labs.rows.undo.changes import Changes
from console.labs.rows.undo.steps import bodies_of, drop_unneeded_bodies, newest_step
from console.labs.scenarios.removal import simulated_models
from console.services.cloudtrail.queries import logging_trails
from iam.callers import Caller, CallerKind, Origin, Visit
from iam.catalogue.regions import HOME_REGION
from iam.models import AccessKey, Directory, Sandbox
from iam.perform import event_name_of
from iam.trail import EventFields, next_due, record_now

UNDO = "Undo"
SOURCE = "labs.rolecall.example"
_EVENT_TYPE = "AwsServiceEvent"


def _take_away(sandbox: Sandbox, changes: Changes) -> None:
    """Delete what the write made, with what came to it meanwhile."""
    keys = AccessKey.in_sandbox(sandbox).filter(pk__in=changes.made.get(AccessKey, ()))
    ids = list(keys.values_list("access_key_id", flat=True))
    Directory.objects.filter(sandbox=sandbox, key__in=ids).delete()
    for model in simulated_models():
        if model in changes.made:
            model.in_sandbox(sandbox).filter(pk__in=changes.made[model]).delete()


def _bring_back(sandbox: Sandbox, changes: Changes) -> None:
    """Insert what the write deleted, under its old keys, and set back what it changed."""
    for model in reversed(simulated_models()):
        insert_rows(model, sandbox, changes.deleted.get(model, ()))
    for model, rows in changes.before.items():
        for row in rows:
            values = {name: value for name, value in row.items() if name != "id"}
            model.in_sandbox(sandbox).filter(pk=row["id"]).update(**values)
    keys = changes.deleted.get(AccessKey, ())
    if keys and Directory.objects.filter(sandbox=sandbox).exists():
        entries = [Directory(key=row["access_key_id"], sandbox=sandbox) for row in keys]
        Directory.objects.bulk_create(entries, ignore_conflicts=True)


def _record(sandbox: Sandbox, step: UndoStep, at: datetime) -> None:
    """Record that a write was undone, in the account of who made it."""
    caller = Caller(
        kind=CallerKind.SERVICE,
        sandbox=sandbox,
        account_id=step.account_id,
        arn=SOURCE,
        principal_id=SOURCE,
        name=SOURCE,
        origin=Origin(received_at=at, recorded_as=SOURCE),
        visit=Visit(),
    )
    undone = {"eventName": event_name_of(step.operation), "eventID": str(step.event_id)}
    happened = EventFields(
        source=SOURCE,
        name=UNDO,
        read_only=False,
        event_type=_EVENT_TYPE,
        request=undone,
        region=HOME_REGION,
    )
    record_now(caller, happened)


def undo(sandbox: Sandbox, *, received_at: datetime | None = None) -> UndoStep | None:
    """Undo the newest write of a sandbox that keeps steps; return its step, None if there is none.

    Its rows become those of before. What time and use brought stays: the clock, events, documents,
    last-used times, spent codes, delivered log files. Keys and sessions from before stay valid.
    """
    at = received_at or timezone.now()
    with transaction.atomic():
        locked = Sandbox.objects.select_for_update().get(pk=sandbox.pk)
        step = newest_step(locked)
        if step is None:
            return None
        changes = Changes.unpacked(bytes(step.changes), bodies_of(step))
        _take_away(locked, changes)
        _bring_back(locked, changes)
        locked.stamp += 1
        if locked.logs_due_at is None and logging_trails(locked):
            locked.logs_due_at = next_due(locked.time_at(at))
        locked.save(update_fields=["stamp", "logs_due_at"])
        _record(locked, step, at)
        UndoStep.objects.filter(pk=step.pk).delete()
        if step.bodies:
            drop_unneeded_bodies(locked)
    return step
