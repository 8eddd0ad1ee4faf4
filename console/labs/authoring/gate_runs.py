"""The gates run on a draft: asked for, watched, canceled, and what the last run found."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from console.labs.authoring.gate_process import GateProcess
from console.labs.files.reader import digest_of
from console.labs.models import GateRun, LabDraft

State = GateRun.State
_OPEN = (State.WAITING, State.RUNNING)


def open_run(draft: LabDraft) -> GateRun | None:
    """Return the run that waits or is under way."""
    return GateRun.objects.filter(draft=draft, state__in=_OPEN).first()


def last_run(draft: LabDraft) -> GateRun | None:
    """Return the last run that is over: its report stays until another one is there."""
    return GateRun.objects.filter(draft=draft).exclude(state__in=_OPEN).order_by("-pk").first()


def passing_run(draft: LabDraft, files: Mapping[str, str]) -> GateRun | None:
    """Return a run of all gates without a fault, for exactly these files."""
    runs = GateRun.objects.filter(draft=draft, state=State.FINISHED, hash=digest_of(files))
    return next((run for run in runs if run.passes), None)


def ask_for_gates(draft: LabDraft, files: Mapping[str, str], user: User) -> GateRun:
    """Return a new run for the queue to perform, or the one that is open already."""
    try:
        with transaction.atomic():
            run = GateRun.objects.create(
                draft=draft, hash=digest_of(files), files=dict(files), asked_by=user
            )
            _forget_runs(draft)
            run_gates.enqueue(run.pk)
    except IntegrityError:
        return GateRun.objects.get(draft=draft, state__in=_OPEN)
    return run


def _forget_runs(draft: LabDraft) -> None:
    """Delete all runs that are over but the last, and the last that passed."""
    over = GateRun.objects.filter(draft=draft).exclude(state__in=_OPEN)
    kept = [*over.order_by("-pk")[:1]]
    kept += [run for run in over.filter(state=State.FINISHED).order_by("-pk") if run.passes][:1]
    over.exclude(pk__in=[run.pk for run in kept]).delete()


def cancel_gates(draft: LabDraft) -> bool:
    """Cancel the open run; return whether there was one. Its process ends within a second."""
    rows = GateRun.objects.filter(draft=draft, state__in=_OPEN)
    return bool(rows.update(state=State.CANCELED, finished_at=timezone.now()))


@task(queue_name="long")
def run_gates(pk: int) -> None:
    """Run the gates in a process of their own, and note how far they are."""
    rows = GateRun.objects.filter(pk=pk, state__in=_OPEN)
    run = rows.select_related("draft").first()
    if run is None or not rows.update(state=State.RUNNING, seen_at=timezone.now()):
        return
    with GateProcess(run.draft.slug, run.files) as process:
        for progress in process.progress():
            columns = {
                "step": progress.step[:80],
                "done": progress.done,
                "steps": progress.steps,
                "seen_at": timezone.now(),
            }
            if not rows.update(**columns):  # canceled meanwhile
                return
        rows.update(
            state=State.STOPPED if process.error else State.FINISHED,
            faults=process.faults,
            error=process.error[:300],
            finished_at=timezone.now(),
        )
