"""An attempt's results brought up to date, and its solved tasks stored.

Results are a function of the lab's files, of the world's moment and of what was answered. What
moved while it was judged is not stored.
"""

import logging
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, replace
from time import monotonic
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from console.labs.attempts.cases import case_of
from console.labs.checks import (
    SEEN_BY_THE_SITE,
    Case,
    CheckResult,
    Happening,
    awaited_names,
    judge_task,
)
from console.labs.files import LabFile, Task
from console.labs.models import Attempt, HintUse, Response, Solve
from iam.models import Event, Sandbox

logger = logging.getLogger(__name__)

STALE = ""
"""The moment of results that were not finished."""


def _moment(attempt: Attempt, sandbox: Sandbox, lab: LabFile, solved: set[str]) -> str:
    """Return what results depend on: they are behind if this is another one."""
    clock = int(sandbox.clock_offset.total_seconds())
    moment = f"{lab.hash}:{sandbox.generation}:{sandbox.stamp}:{clock}"
    waits = [task for task in lab.tasks if task.id not in solved]
    if any(check.kind in {"predict", "choose"} for task in waits for check in task.checks):
        moment += f":{Response.objects.filter(attempt=attempt).count()}"
    names = awaited_names(waits)
    if names:
        # A read, such as AssumeRole, raises no stamp.
        events = Event.in_sandbox(sandbox).filter(name__in=names).order_by("-pk")
        moment += f":{events.values_list('pk', flat=True).first()}"
    return moment


def is_locked(task: Task, solved: set[str]) -> bool:
    return bool(task.after) and task.after not in solved


def solves_of(attempt: Attempt) -> dict[str, Solve]:
    """Return what was solved, by task, in the order in which it was."""
    return {one.task: one for one in Solve.objects.filter(attempt=attempt).order_by("pk")}


def hints_used(attempt: Attempt) -> dict[str, int]:
    """Return how many hints were used, by task."""
    used: dict[str, int] = {}
    for task, number in HintUse.objects.filter(attempt=attempt).values_list("task", "number"):
        used[task] = max(used.get(task, 0), number)
    return used


def points_left(lab: LabFile, task: Task, used: Mapping[str, int]) -> int:
    """Return the points that a task brings if it is solved now: hints cost some."""
    hints = lab.hints.get(task.id, ())[: used.get(task.id, 0)]
    return max(0, task.points - sum(hint.cost for hint in hints))


def _judge(
    case: Case, solved: set[str], deadline: float | None
) -> tuple[dict[str, list[CheckResult]], bool]:
    """Judge the open tasks until the deadline; return their results, and whether these are all.

    A task that breaks the judge has no results.
    """
    results: dict[str, list[CheckResult]] = {}
    known = set(solved)
    for task in case.lab.tasks:
        if (task.once and task.id in known) or is_locked(task, known):
            continue
        if deadline is not None and monotonic() > deadline:
            return results, False
        try:
            result = judge_task(case, task, sparing=True)
        except DatabaseError:
            raise
        except Exception:
            logger.exception("The task %s of the lab %s cannot be judged.", task.id, case.lab.slug)
            continue
        results[task.id] = list(result.checks)
        if result.solved:
            known.add(task.id)
    return results, True


def bring_up_to_date(
    attempt: Attempt,
    lab: LabFile,
    happenings: Sequence[Happening] = (),
    seconds: float | None = None,
) -> tuple[Sandbox, dict[str, Solve]]:
    """Judge an attempt if its results are behind; return their world, and what is solved.

    `happenings` are what the site saw just now. What does not fit into `seconds` is left to whoever
    looks next.
    """
    solves, world = solves_of(attempt), Sandbox.objects.get(pk=attempt.sandbox_id)
    solved = set(solves)
    moment = _moment(attempt, world, lab, solved)
    seen = any(one.name in SEEN_BY_THE_SITE for one in happenings)
    if moment == attempt.judged_at and not seen:
        return world, solves
    deadline = None if seconds is None else monotonic() + seconds
    case = replace(case_of(attempt, lab, world), happenings=tuple(happenings))
    results, whole = _judge(case, solved, deadline)
    rows = Sandbox.objects.only("generation", "stamp", "clock_offset")
    if _moment(attempt, rows.get(pk=world.pk), lab, solved) != moment:
        return world, solves
    stored = _store(attempt, lab, results, solved, moment if whole else STALE)
    return world, solves_of(attempt) if stored else solves


def _store(
    attempt: Attempt,
    lab: LabFile,
    results: Mapping[str, Sequence[CheckResult]],
    solved: set[str],
    moment: str,
) -> bool:
    """Store what is different; return whether a task was solved by now, here or elsewhere."""
    fresh = [
        task
        for task in lab.tasks
        if task.id not in solved
        and task.id in results
        and all(check.passed for check in results[task.id])
    ]
    packed = {task: [asdict(check) for check in checks] for task, checks in results.items()}
    if moment == STALE:
        packed = {**attempt.results, **packed}
    changed: dict[str, Any] = {"judged_at": moment}
    if fresh or packed != attempt.results:
        changed |= {"results": packed, "seq": attempt.seq + 1}
    latched = sorted({*attempt.latched, *_events_seen(lab, results)})
    if latched != attempt.latched:
        changed["latched"] = latched
    known = solved | {task.id for task in fresh}
    if attempt.finished_at is None and known >= {task.id for task in lab.tasks}:
        changed["finished_at"] = timezone.now()
    with transaction.atomic() if fresh else nullcontext():
        rows = Attempt.objects.filter(pk=attempt.pk, judged_at=attempt.judged_at)
        if not rows.update(**changed):
            return True
        if fresh:
            used = hints_used(attempt)
            Solve.objects.bulk_create(
                [
                    Solve(attempt=attempt, task=task.id, points=points_left(lab, task, used))
                    for task in fresh
                ],
                ignore_conflicts=True,
            )
    for name, value in changed.items():
        setattr(attempt, name, value)
    return bool(fresh)


def _events_seen(lab: LabFile, results: Mapping[str, Sequence[CheckResult]]) -> set[str]:
    """Return the checks of events that pass: they stay so, even when the event is pruned."""
    kinds = {(task.id, one.name): one.kind for task in lab.tasks for one in task.checks}
    return {
        f"{task}.{one.name}"
        for task, checks in results.items()
        for one in checks
        if one.passed and kinds.get((task, one.name)) == "event"
    }
