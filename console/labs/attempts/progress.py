"""Where a student is: what each task's checks say now, and what was solved.

Results are a function of the lab's files and of the world. They are judged again when somebody
looks and they are behind.
"""

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from console.labs.attempts.cases import case_of
from console.labs.attempts.versions import version_of
from console.labs.checks import CheckResult, Status, judge_task
from console.labs.files import Hint, LabFile, Task
from console.labs.models import Attempt, HintUse, Response, Solve
from iam.models import Event, Sandbox

logger = logging.getLogger(__name__)


class TaskState(StrEnum):
    """How far a task is; BROKEN was solved and no longer holds."""

    LOCKED = "locked"
    OPEN = "open"
    SOLVED = "solved"
    BROKEN = "broken"


@dataclass(frozen=True)
class TaskProgress:
    """A task with its checks' results; `hints` are those shown so far.

    `points` are what it brought or, while it is not solved, what it can still bring.
    """

    task: Task
    state: TaskState
    checks: tuple[CheckResult, ...]
    hints: tuple[Hint, ...]
    next_hint: Hint | None
    points: int

    @property
    def solved(self) -> bool:
        return self.state in {TaskState.SOLVED, TaskState.BROKEN}


@dataclass(frozen=True)
class Progress:
    """An attempt as it is now; `version` is another one once something is different."""

    tasks: tuple[TaskProgress, ...]
    version: str = ""
    last_solved: Solve | None = None

    @property
    def points(self) -> int:
        return sum(one.points for one in self.tasks if one.solved)

    @property
    def solved(self) -> int:
        return sum(one.solved for one in self.tasks)

    @property
    def finished(self) -> bool:
        return self.solved == len(self.tasks)

    @property
    def current(self) -> TaskProgress | None:
        """Return the first task that is open; one that is broken where none is."""
        for state in (TaskState.OPEN, TaskState.BROKEN):
            for one in self.tasks:
                if one.state is state:
                    return one
        return None


def cost_of(hints: tuple[Hint, ...]) -> int:
    return sum(hint.cost for hint in hints)


def _world(attempt: Attempt) -> Sandbox:
    """Return the attempt's sandbox as it is at this moment."""
    rows = Sandbox.objects.only("generation", "stamp", "clock_offset")
    return rows.get(pk=attempt.sandbox_id)


def _moment(attempt: Attempt, sandbox: Sandbox, lab: LabFile, solved: set[str]) -> str:
    """Return what results depend on: they are behind if this is another one."""
    clock = int(sandbox.clock_offset.total_seconds())
    moment = f"{lab.hash}:{sandbox.generation}:{sandbox.stamp}:{clock}"
    waits = [task for task in lab.tasks if task.id not in solved]
    kinds = {check.kind for task in waits for check in task.checks}
    if kinds & {"predict", "choose"}:
        moment += f":{Response.objects.filter(attempt=attempt).count()}"
    if "event" in kinds:
        # A read, such as AssumeRole, raises no stamp.
        last = Event.in_sandbox(sandbox).order_by("-pk").values_list("pk", flat=True).first()
        moment += f":{last}"
    return moment


def _is_locked(task: Task, solved: set[str]) -> bool:
    return bool(task.after) and task.after not in solved


def _judged(attempt: Attempt, lab: LabFile, solved: set[str]) -> dict[str, list[CheckResult]]:
    """Judge every task that is open; one that breaks the judge has no results."""
    case = case_of(attempt, lab)
    results: dict[str, list[CheckResult]] = {}
    known = set(solved)
    for task in lab.tasks:
        if (task.once and task.id in known) or _is_locked(task, known):
            continue
        try:
            result = judge_task(case, task)
        except DatabaseError:
            raise
        except Exception:
            logger.exception("The task %s of the lab %s cannot be judged.", task.id, lab.slug)
            continue
        results[task.id] = list(result.checks)
        if result.solved:
            known.add(task.id)
    return results


def _used(attempt: Attempt) -> dict[str, int]:
    """Return how many hints were used, by task."""
    used: dict[str, int] = {}
    for task, number in HintUse.objects.filter(attempt=attempt).values_list("task", "number"):
        used[task] = max(used.get(task, 0), number)
    return used


def _store(attempt: Attempt, lab: LabFile, moment: str, solved: set[str]) -> None:
    """Judge again, and store what was found if the world did not move meanwhile."""
    results = _judged(attempt, lab, solved)
    if _moment(attempt, _world(attempt), lab, solved) != moment:
        return
    used = _used(attempt)
    fresh = [
        task
        for task in lab.tasks
        if task.id not in solved
        and task.id in results
        and all(check.passed for check in results[task.id])
    ]
    packed = {task: [asdict(check) for check in checks] for task, checks in results.items()}
    changed: dict[str, Any] = {"judged_at": moment}
    if fresh or packed != attempt.results:
        changed |= {"results": packed, "seq": attempt.seq + 1}
    known = solved | {task.id for task in fresh}
    if attempt.finished_at is None and known >= {task.id for task in lab.tasks}:
        changed["finished_at"] = timezone.now()
    with transaction.atomic():
        rows = Attempt.objects.filter(pk=attempt.pk, judged_at=attempt.judged_at)
        if not rows.update(**changed):
            return
        Solve.objects.bulk_create(
            [
                Solve(attempt=attempt, task=task.id, points=_points(lab, task, used))
                for task in fresh
            ],
            ignore_conflicts=True,
        )
    for name, value in changed.items():
        setattr(attempt, name, value)


def _points(lab: LabFile, task: Task, used: Mapping[str, int]) -> int:
    hints = lab.hints.get(task.id, ())[: used.get(task.id, 0)]
    return max(0, task.points - cost_of(hints))


def _solves(attempt: Attempt) -> dict[str, Solve]:
    """Return what was solved, by task, in the order in which it was."""
    return {one.task: one for one in Solve.objects.filter(attempt=attempt).order_by("pk")}


def progress_of(attempt: Attempt, lab: LabFile) -> Progress:
    """Return an attempt's progress, judged again if what is stored is behind."""
    solved, version = _solves(attempt), ""
    try:
        world = _world(attempt)
        moment = _moment(attempt, world, lab, set(solved))
        if moment != attempt.judged_at:
            _store(attempt, lab, moment, set(solved))
            solved = _solves(attempt)
        version = version_of(attempt, world)
    except DatabaseError:
        logger.exception("The attempt %s cannot be judged now.", attempt.public_id)
    used = _used(attempt)
    tasks = tuple(_task_progress(attempt, lab, task, solved, used) for task in lab.tasks)
    return Progress(tasks, version, next(reversed(solved.values()), None))


def _task_progress(
    attempt: Attempt, lab: LabFile, task: Task, solves: Mapping[str, Solve], used: Mapping[str, int]
) -> TaskProgress:
    rows = attempt.results.get(task.id, [])
    checks = tuple(CheckResult(**{**row, "status": Status(row["status"])}) for row in rows)
    hints, count = lab.hints.get(task.id, ()), used.get(task.id, 0)
    return TaskProgress(
        task=task,
        state=_state(task, checks, set(solves)),
        checks=checks,
        hints=hints[:count],
        next_hint=hints[count] if count < len(hints) else None,
        points=solves[task.id].points if task.id in solves else _points(lab, task, used),
    )


def _state(task: Task, checks: tuple[CheckResult, ...], solved: set[str]) -> TaskState:
    if task.id in solved:
        holds = task.once or all(check.passed for check in checks)
        return TaskState.SOLVED if holds else TaskState.BROKEN
    return TaskState.LOCKED if _is_locked(task, solved) else TaskState.OPEN


@dataclass(frozen=True)
class AttemptSummary:
    """An attempt as a list of labs shows it, as it was when somebody last looked."""

    public_id: str
    solved: int
    points: int
    finished: bool


def summaries_of(user: User) -> dict[str, AttemptSummary]:
    """Return a user's attempts by lab; one query."""
    attempts = Attempt.objects.filter(owner_id=user.pk, set_aside=False).annotate(
        solved=Count("solves"), points=Coalesce(Sum("solves__points"), 0)
    )
    return {
        one.lab: AttemptSummary(one.public_id, one.solved, one.points, one.finished_at is not None)
        for one in attempts
    }
