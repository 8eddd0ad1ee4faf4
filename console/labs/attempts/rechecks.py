"""Attempts checked again: that what is stored is what judging gives, and by a corrected lab."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from console.labs.attempts.judgments import judge_anew
from console.labs.attempts.storage import Change, Judged, change_of, solves_of, store
from console.labs.attempts.templates import template_of
from console.labs.attempts.terms import terms_of
from console.labs.checks import awaited_names
from console.labs.files import LabFile
from console.labs.lab_versions import lab_of, version_of_lab
from console.labs.models import Attempt, Response, Solve
from iam.models import Event, Sandbox


class RecheckOutcome(StrEnum):
    """What checking an attempt again comes to.

    EQUAL is as stored, BEHIND was not judged since it changed, DIFFERENT is a fault. CORRECTED is
    by another version of the lab, which UNFIT attempts cannot be judged by: their worlds differ.
    A BUSY one was worked on meanwhile; of one that is GONE the world or the lab is.
    """

    EQUAL = "equal"
    BEHIND = "behind"
    DIFFERENT = "different"
    CORRECTED = "corrected"
    UNFIT = "unfit"
    BUSY = "busy"
    GONE = "gone"


@dataclass(frozen=True)
class Recheck:
    """An attempt that was checked again: the outcome, and what is different in words."""

    attempt: Attempt
    outcome: RecheckOutcome
    changes: tuple[str, ...] = ()


def fits(old: LabFile, new: LabFile) -> bool:
    """Return whether attempts at a lab can be judged by another version: only checks differ."""
    return (
        [task.id for task in old.tasks] == [task.id for task in new.tasks]
        and (old.world, old.history, old.variables) == (new.world, new.history, new.variables)
        and old.student.starts == new.student.starts
    )


def recheck(attempt: Attempt, corrected: LabFile | None = None, *, apply: bool) -> Recheck:
    """Judge an attempt anew, by a corrected version of its lab if there is one.

    What is solved stays solved, but in an exam, which counts as it is at the end. What is solved
    only now counts from the last change of the world. Nothing is stored unless it is to `apply`.
    """
    own = lab_of(attempt)
    if own is None or attempt.world_gone_at is not None:
        return Recheck(attempt, RecheckOutcome.GONE)
    lab = corrected if corrected and corrected.hash != own.hash else own
    if lab is not own and not fits(own, lab):
        return Recheck(attempt, RecheckOutcome.UNFIT)
    attempt = Attempt.objects.get(pk=attempt.pk)
    moved = _move(attempt, own, lab) if lab is not own else {}
    solves, repriced = _priced(attempt, own, lab)
    judged = judge_anew(attempt, lab, solves)
    if judged is None:
        return Recheck(attempt, RecheckOutcome.BUSY)
    at, end = _last_change(attempt, lab), terms_of(attempt).end
    change = change_of(attempt, lab, judged, solves, recount=end is None or at <= end)
    columns = _without_noise(change.columns, judged, attempt)
    if "finished_at" in columns:
        columns["finished_at"] = at
    repriced = (*change.repriced, *repriced)
    change = replace(change, repriced=repriced, columns={**moved, **columns})
    found = tuple(_in_words(attempt, lab, judged, change))
    outcome = _outcome(attempt, judged, found, is_corrected=bool(moved))
    if (
        apply
        and outcome is not RecheckOutcome.EQUAL
        and not _store(attempt, lab, judged, change, at)
    ):
        return Recheck(attempt, RecheckOutcome.BUSY)
    return Recheck(attempt, outcome, found)


def _store(attempt: Attempt, lab: LabFile, judged: Judged, change: Change, at: datetime) -> bool:
    """Store what is different; return whether nobody else judged the attempt meanwhile."""
    with transaction.atomic():
        store(attempt, lab, judged, change)
        stored = attempt.judged_at == judged.moment
        if stored:
            fresh = [task.id for task in change.fresh]
            Solve.objects.filter(attempt=attempt, task__in=fresh).update(at=at)
    return stored


def _outcome(
    attempt: Attempt, judged: Judged, changes: tuple[str, ...], *, is_corrected: bool
) -> RecheckOutcome:
    if is_corrected:
        return RecheckOutcome.CORRECTED
    if not changes:
        return RecheckOutcome.EQUAL
    current = judged.moment == attempt.judged_at
    return RecheckOutcome.DIFFERENT if current else RecheckOutcome.BEHIND


def _move(attempt: Attempt, old: LabFile, new: LabFile) -> dict[str, Any]:
    """Let an attempt be one of a corrected version; return the columns that are different.

    An event that a check saw counts on where the check is the same.
    """
    template = template_of(new, User.objects.get(pk=attempt.owner_id))
    same = {
        f"{task.id}.{check.name}"
        for before, task in zip(old.tasks, new.tasks, strict=True)
        for check in task.checks
        if check in before.checks
    }
    moved = {
        "version_id": version_of_lab(new).pk,
        "lab_hash": new.hash,
        "start": {**attempt.start, "guards": template.start["guards"]},
        "latched": [one for one in attempt.latched if one in same],
    }
    for name, value in moved.items():
        setattr(attempt, name, value)
    return moved


def _priced(
    attempt: Attempt, old: LabFile, new: LabFile
) -> tuple[dict[str, Solve], tuple[Solve, ...]]:
    """Return what is solved, at the points of a version, and which of it bring other points."""
    solves, repriced = solves_of(attempt), []
    for before, task in zip(old.tasks, new.tasks, strict=True):
        solve = solves.get(task.id)
        if solve is not None and before.points != task.points:
            solve.points = max(0, solve.points + task.points - before.points)
            repriced.append(solve)
    return solves, tuple(repriced)


def _last_change(attempt: Attempt, lab: LabFile) -> datetime:
    """Return when anything changed last that results depend on; a moved clock makes it earlier."""
    world = Sandbox.objects.get(pk=attempt.sandbox_id)
    writes = Q(read_only=False, error_code="") & ~Q(source="signin.amazonaws.com")
    events = Event.in_sandbox(world).filter(writes | Q(name__in=awaited_names(lab.tasks)))
    newest = events.order_by("-time").first()
    answers = Response.objects.filter(attempt=attempt).values_list("at", flat=True)
    times: list[datetime] = [attempt.started_at, *answers]
    if newest is not None:
        times.append(newest.time - world.clock_offset)
    return min(timezone.now(), max(times))


def _without_noise(columns: Mapping[str, Any], judged: Judged, attempt: Attempt) -> dict[str, Any]:
    """Return columns without results that are different only by tasks that are judged no more."""
    kept = dict(columns)
    results = kept.get("results")
    if results is not None and results == {
        task: rows for task, rows in attempt.results.items() if task in judged.results
    }:
        del kept["results"]
    if kept.keys() <= {"judged_at", "seq"}:
        kept.pop("seq", None)
    return kept


def _in_words(attempt: Attempt, lab: LabFile, judged: Judged, change: Change) -> Iterator[str]:
    """Yield what is different: solved tasks, verdicts, points."""
    for task in change.fresh:
        yield f"{task.id}: solved now, {change.brought[task.id]} points"
    for lost in sorted(change.lost):
        yield f"{lost}: no longer solved"
    for solve in change.repriced:
        yield f"{solve.task}: {change.brought[solve.task]} points"
    verdicts = list(_verdicts(attempt, lab, judged))
    yield from verdicts
    columns = change.columns
    if "points" in columns:
        yield f"points: {attempt.points} → {columns['points']}"
    if columns.keys() & {"results", "states", "missing"} and not verdicts:
        yield "results: other words for the same verdicts"


def _verdicts(attempt: Attempt, lab: LabFile, judged: Judged) -> Iterator[str]:
    for task in lab.tasks:
        was = {row["name"]: row["status"] for row in attempt.results.get(task.id, ())}
        for one in judged.results.get(task.id, ()):
            before = was.get(one.name, "not asked")
            if one.status.value != before:
                yield f"{task.id}, {one.name}: {before} → {one.status.value}"
