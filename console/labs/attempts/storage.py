"""What an attempt's judging found, stored: results, solved tasks, and where each task stands."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from console.labs.attempts.activity import note_change
from console.labs.attempts.failures import note_failures
from console.labs.attempts.prices import prices_of
from console.labs.attempts.states import holds, letters_of
from console.labs.attempts.terms import terms_of
from console.labs.checks import CheckResult, Status
from console.labs.files import LabFile, Task
from console.labs.models import Attempt, Solve
from iam.models.prepared_queries import Prepared

Results = Mapping[str, Sequence[CheckResult]]


def _solves(attempt: int) -> QuerySet[Solve]:
    return Solve.objects.filter(attempt=attempt).order_by("pk")


_SOLVES = Prepared(_solves)
STALE = ""
"""The moment of results that were not finished."""
FIRST = "first"
"""What the start keeps of each task's first results."""
STARTED_AGAIN = "started_again"
"""When the world was set back to its start last, by its own clock."""


def solves_of(attempt: Attempt) -> dict[str, Solve]:
    """Return what was solved, by task, in the order in which it was."""
    return {one.task: one for one in _SOLVES.rows(attempt.pk)}


def stored_results(attempt: Attempt) -> dict[str, tuple[CheckResult, ...]]:
    """Return each task's results as they are stored."""
    return {
        task: tuple(CheckResult(**{**row, "status": Status(row["status"])}) for row in rows)
        for task, rows in attempt.results.items()
    }


def untouched(attempt: Attempt, task: str, checks: Sequence[CheckResult]) -> frozenset[str]:
    """Return the checks of a task that fail as they did when it was judged first.

    Nothing that the student has done since has to do with them.
    """
    first = attempt.start.get(FIRST, {}).get(task, {})
    return frozenset(one.name for one in checks if first.get(one.name) == [one.got, one.decisive])


def _first_results(attempt: Attempt, results: Results) -> dict[str, dict[str, list[str]]]:
    """Return what failed, and why, when each task was judged first."""
    now = {
        task: {one.name: [one.got, one.decisive] for one in checks if one.status is Status.FAILED}
        for task, checks in results.items()
    }
    return {**now, **attempt.start.get(FIRST, {})}


@dataclass(frozen=True)
class Judged:
    """What judging found: results by task, what open tasks miss, and the moment that it was."""

    results: Results
    missing: Mapping[str, list[str]]
    moment: str


@dataclass(frozen=True)
class Change:
    """What judging changes of what is stored.

    `fresh` tasks are solved now and were not, `lost` ones no longer are, `repriced` ones bring
    other points; `brought` are the points of all that is solved. `columns` are the attempt's.
    """

    fresh: tuple[Task, ...]
    lost: frozenset[str]
    brought: Mapping[str, int]
    repriced: tuple[Solve, ...] = ()
    columns: Mapping[str, Any] = field(default_factory=dict)


def _change(
    attempt: Attempt, lab: LabFile, results: Results, solves: Mapping[str, Solve]
) -> Change:
    """Return what results change: a final task counts as it is when the lab is finished.

    In an exam each task does, `once` aside, at the price of all hints that were used: nothing is
    cheaper for being right.
    """
    exam = terms_of(attempt).is_exam
    judged = [task for task in lab.tasks if task.id in results]
    fresh = tuple(one for one in judged if one.id not in solves and holds(results[one.id]))
    final = [
        one.id
        for one in judged
        if one.id in solves and (not one.once if exam else one.final and not attempt.finished_at)
    ]
    lost = frozenset(one for one in final if not holds(results[one]))
    brought = {task: solve.points for task, solve in solves.items() if task not in lost}
    priced = [*(lab.task(one) for one in brought if exam), *fresh]
    if priced:
        prices = prices_of(attempt, lab)
        brought |= {task.id: prices.of(task) for task in priced}
    repriced = [one for one in solves.values() if one.points != brought.get(one.task, one.points)]
    return Change(fresh, lost, brought, tuple(repriced))


def _part_points(
    attempt: Attempt, lab: LabFile, results: Results, brought: Mapping[str, int]
) -> dict[str, int]:
    """Return what `partial` tasks bring now, solved or in part."""
    partial = [task for task in lab.tasks if task.partial]
    if not partial:
        return {}
    prices = prices_of(attempt, lab)
    return {
        one.id: brought[one.id]
        if one.id in brought
        else prices.of_part(one, results.get(one.id, ()))
        for one in partial
    }


def levels_after(levels: Sequence[Sequence[Any]], points: int, at: str) -> list[list[Any]]:
    """Return points with when each level of them was reached, after they rose or fell to some."""
    lower = [[level, when] for level, when in levels if level < points]
    since = levels[len(lower)][1] if len(lower) < len(levels) else at
    return [*lower, [points, since]] if points else []


def _kept(attempt: Attempt, lab: LabFile, change: Change) -> dict[str, Any]:
    """Return the results of tasks that were solved once for all: those of when they were."""
    known = {one.id for one in lab.tasks if one.once and one.id in change.brought}
    return {task: rows for task, rows in attempt.results.items() if task in known}


def _columns(
    attempt: Attempt, lab: LabFile, judged: Judged, change: Change, *, recount: bool
) -> dict[str, Any]:
    """Return the columns that are different; `seq` rises with what a drawer shows.

    After the close of an assignment its points stay, unless they are to be counted anew.
    """
    terms, results = terms_of(attempt), judged.results
    packed = {task: [asdict(check) for check in checks] for task, checks in results.items()}
    packed = {**_kept(attempt, lab, change), **packed}
    if judged.moment == STALE:
        packed = {**attempt.results, **packed}
    known = {**stored_results(attempt), **results}
    parts, now = _part_points(attempt, lab, known, change.brought), timezone.now().isoformat()
    whole = sum(points for task, points in change.brought.items() if task not in parts)
    shown = {
        "results": packed,
        "states": letters_of(lab, known, change.brought, locks=not terms.opens_all),
        "points": whole + sum(parts.values()),
        "parts": {
            task: levels_after(attempt.parts.get(task, []), points, now)
            for task, points in parts.items()
        },
        "missing": dict(judged.missing),
    }
    if terms.is_over and not terms.is_exam and not recount:
        del shown["points"], shown["parts"]
    columns = {name: value for name, value in shown.items() if value != getattr(attempt, name)}
    if terms.shows_correctness and (columns or change.fresh):
        columns["seq"] = attempt.seq + 1
    first = _first_results(attempt, results)
    if first != attempt.start.get(FIRST, {}):
        columns["start"] = {**attempt.start, FIRST: first}
    latched = sorted({*attempt.latched, *_events_seen(lab, results)})
    if latched != attempt.latched:
        columns["latched"] = latched
    done = change.brought.keys() >= {one.id for one in lab.tasks}
    if done and attempt.finished_at is None and not terms.is_exam:
        columns["finished_at"] = timezone.now()
    return {"judged_at": judged.moment, **columns}


def change_of(
    attempt: Attempt,
    lab: LabFile,
    judged: Judged,
    solves: Mapping[str, Solve],
    *,
    recount: bool = False,
) -> Change:
    """Return what is different from what is stored; `recount` counts points after a close."""
    change = _change(attempt, lab, judged.results, solves)
    return replace(change, columns=_columns(attempt, lab, judged, change, recount=recount))


def store(attempt: Attempt, lab: LabFile, judged: Judged, change: Change) -> bool:
    """Store what is different; return whether solved tasks changed, here or elsewhere."""
    several = change.fresh or change.lost or change.repriced
    columns = change.columns
    with transaction.atomic() if several else nullcontext():
        rows = Attempt.objects.filter(pk=attempt.pk, judged_at=attempt.judged_at)
        if not rows.update(**columns):
            return True
        if change.lost:
            Solve.objects.filter(attempt=attempt, task__in=change.lost).delete()
        for one in change.repriced:
            one.points = change.brought[one.task]
            one.save(update_fields=["points"])
        Solve.objects.bulk_create(
            [
                Solve(attempt=attempt, task=one.id, points=change.brought[one.id])
                for one in change.fresh
            ],
            ignore_conflicts=True,
        )
    if columns.keys() - {"judged_at"}:
        note_change(attempt, progressed=bool(change.fresh))
    for name, value in columns.items():
        setattr(attempt, name, value)
    if "results" in columns:
        results = judged.results
        waiting = {task: untouched(attempt, task, checks) for task, checks in results.items()}
        note_failures(attempt, lab, results, waiting)
    return bool(several)


def _events_seen(lab: LabFile, results: Results) -> set[str]:
    """Return the checks of events that pass: they stay so, even when the event is pruned."""
    kinds = {(task.id, one.name): one.kind for task in lab.tasks for one in task.checks}
    return {
        f"{task}.{one.name}"
        for task, checks in results.items()
        for one in checks
        if one.passed and kinds.get((task, one.name)) == "event"
    }
