"""Steps: kept with each write, the newest of them, with the contents of objects that they need."""

from contextlib import ExitStack
from typing import Any

from django.db import connection
from django.db.models import Sum

from console.labs.rows.models import KeptBody, UndoStep
from console.labs.rows.undo.changes import Bodies, Changes
from console.labs.rows.undo.observation import Observation
from iam.callers import Caller
from iam.models import Sandbox
from iam.models.inserts import insert
from iam.perform import WriteWatch, watches_writes
from iam.trail import EventFields, operation_of

MOST_STEPS = 50
MOST_BYTES = 16 * 1024 * 1024
"""As much as the objects of a sandbox together."""


def newest_step(sandbox: Sandbox) -> UndoStep | None:
    """Return the step that is undone next."""
    return UndoStep.objects.filter(sandbox=sandbox).first()


def drop_steps(sandbox: Sandbox) -> None:
    """Forget the steps of a sandbox: what they would bring back is no more."""
    UndoStep.objects.filter(sandbox=sandbox).delete()
    KeptBody.objects.filter(sandbox=sandbox).delete()


def drop_unneeded_bodies(sandbox: Sandbox) -> None:
    """Delete the contents that no step needs any more."""
    needed = UndoStep.objects.filter(sandbox=sandbox).values_list("bodies", flat=True)
    hashes = {one for bodies in needed for one in bodies}
    KeptBody.objects.filter(sandbox=sandbox).exclude(hash__in=hashes).delete()


def bodies_of(step: UndoStep) -> Bodies:
    rows = KeptBody.objects.filter(sandbox=step.sandbox_id, hash__in=step.bodies)
    return {row.hash: bytes(row.body) for row in rows} if step.bodies else {}


def _keep_bodies(sandbox: Sandbox, bodies: Bodies) -> None:
    """Keep contents, each once; the oldest steps give way where there are too many."""
    rows = [
        KeptBody(sandbox=sandbox, hash=one, body=body, size=len(body))
        for one, body in bodies.items()
    ]
    KeptBody.objects.bulk_create(rows, ignore_conflicts=True)
    kept = KeptBody.objects.filter(sandbox=sandbox)
    oldest_first = UndoStep.objects.filter(sandbox=sandbox).order_by("pk").exclude(bodies=[])
    while kept.aggregate(bytes=Sum("size", default=0))["bytes"] > MOST_BYTES:
        oldest = oldest_first.first()
        if oldest is None:
            return
        UndoStep.objects.filter(sandbox=sandbox, pk__lte=oldest.pk).delete()
        drop_unneeded_bodies(sandbox)


def _keep_newest(sandbox: Sandbox) -> None:
    steps = UndoStep.objects.filter(sandbox=sandbox)
    for last in steps.values_list("pk", "bodies")[MOST_STEPS : MOST_STEPS + 1]:
        steps.filter(pk__lte=last[0]).delete()
        if last[1]:
            drop_unneeded_bodies(sandbox)


def keep_step(caller: Caller, changes: Changes, happened: EventFields) -> None:
    """Keep what a write changed, in its transaction; a write that changed nothing is no step."""
    if not changes:
        return
    packed, bodies = changes.packed()
    step = UndoStep(
        sandbox=caller.sandbox,
        operation=operation_of(happened.source, happened.name),
        account_id=caller.account_id,
        event_id=happened.event_id,
        at=caller.now,
        changes=packed,
        bodies=list(bodies),
    )
    insert([step])
    if bodies:
        _keep_bodies(caller.sandbox, bodies)
    _keep_newest(caller.sandbox)


class _StepWatch(WriteWatch):
    """Notes which rows a write changes, and keeps them as a step."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._observation = Observation(caller.sandbox)
        self._observing = ExitStack()
        self._changes = Changes()

    def __enter__(self) -> "_StepWatch":
        self._observing.enter_context(connection.execute_wrapper(self._observation))
        return self

    def __exit__(self, *raised: Any) -> None:
        self._observing.close()
        if raised[0] is None:
            self._changes = self._observation.changes()

    def keep(self, happened: EventFields) -> None:
        keep_step(self._caller, self._changes, happened)


@watches_writes
def watch_write(caller: Caller) -> WriteWatch:
    """Return what watches a write of a sandbox that keeps its steps."""
    return _StepWatch(caller)
