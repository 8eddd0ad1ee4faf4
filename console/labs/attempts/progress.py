"""Where a student is: what each task's checks say now, and what was solved.

Results are a function of the lab's files and of the world. They are judged again when somebody
looks and they are behind.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.db import DatabaseError
from django.db.models import Count

from console.labs.attempts.brief_judging import judge_briefly
from console.labs.attempts.judgments import bring_up_to_date
from console.labs.attempts.prices import Prices, hints_used, prices_of
from console.labs.attempts.states import TaskState, state_of
from console.labs.attempts.storage import solves_of, stored_results, untouched
from console.labs.attempts.terms import terms_of
from console.labs.attempts.versions import version_of
from console.labs.checks import CheckResult
from console.labs.files import Hint, LabFile, Task
from console.labs.models import Attempt, Solve

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TaskProgress:
    """A task with its checks' results; `hints` are those shown so far.

    `points` are what it brought or, while it is not solved, what it can still bring; `counted` are
    those that count now. `missing` is what there was at the start and it cannot do without.
    `untouched` are the checks that fail only since nobody has worked on them yet.
    """

    task: Task
    state: TaskState
    checks: tuple[CheckResult, ...]
    hints: tuple[Hint, ...]
    next_hint: Hint | None
    points: int
    counted: int
    missing: tuple[str, ...] = ()
    untouched: frozenset[str] = frozenset()

    @property
    def solved(self) -> bool:
        return self.state in {TaskState.SOLVED, TaskState.BROKEN}

    @property
    def begins_anew(self) -> bool:
        """Return whether the original world is offered to begin from."""
        return self.task.begin == "start" and self.state in {TaskState.OPEN, TaskState.BROKEN}


@dataclass(frozen=True)
class Progress:
    """An attempt as it is now; `version` is another one once something is different.

    Where it is `hidden`, nothing in it depends on what is right.
    """

    tasks: tuple[TaskProgress, ...]
    version: str = ""
    last_solved: Solve | None = None
    hidden: bool = False

    @property
    def points(self) -> int:
        return sum(one.counted for one in self.tasks)

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


def progress_of(attempt: Attempt, lab: LabFile) -> Progress:
    """Return an attempt's progress as its student may see it; `judged_progress` is for teachers."""
    terms = terms_of(attempt)
    progress = judged_progress(attempt, lab, briefly=True)
    tasks = progress.tasks
    if not terms.hints:
        tasks = tuple(replace(one, next_hint=None) for one in tasks)
    if terms.shows_correctness:
        return replace(progress, tasks=tasks)
    prices = Prices(lab, hints_used(attempt))
    hidden = (
        replace(
            one,
            state=TaskState.OPEN,
            checks=(),
            points=prices.of(one.task),
            counted=0,
            missing=(),
        )
        for one in tasks
    )
    return Progress(tuple(hidden), progress.version, hidden=True)


def judged_progress(attempt: Attempt, lab: LabFile, *, briefly: bool = False) -> Progress:
    """Return an attempt's progress, judged again if what is stored is behind."""
    try:
        judge = judge_briefly if briefly else bring_up_to_date
        world, solved = judge(attempt, lab)
        version = version_of(attempt, world)
    except DatabaseError:
        logger.exception("The attempt %s cannot be judged now.", attempt.public_id)
        version, solved = "", solves_of(attempt)
    prices = prices_of(attempt, lab)
    results = stored_results(attempt)
    tasks = tuple(
        _task_progress(attempt, lab, task, results.get(task.id, ()), solved, prices)
        for task in lab.tasks
    )
    return Progress(tasks, version, next(reversed(solved.values()), None))


def _task_progress(
    attempt: Attempt,
    lab: LabFile,
    task: Task,
    checks: tuple[CheckResult, ...],
    solves: Mapping[str, Solve],
    prices: Prices,
) -> TaskProgress:
    solved = task.id in solves
    points = solves[task.id].points if solved else prices.of(task)
    hints, count = lab.hints.get(task.id, ()), prices.used.get(task.id, 0)
    return TaskProgress(
        task=task,
        state=state_of(task, checks, solves, locks=not terms_of(attempt).opens_all),
        checks=checks,
        hints=hints[:count],
        next_hint=hints[count] if count < len(hints) else None,
        points=points,
        counted=points if solved else prices.of_part(task, checks),
        missing=tuple(attempt.missing.get(task.id, ())),
        untouched=untouched(attempt, task.id, checks),
    )


@dataclass(frozen=True)
class AttemptSummary:
    """An attempt as a list of labs shows it, as it was when somebody last looked."""

    public_id: str
    solved: int
    points: int
    finished: bool


def summaries_of(user: User) -> dict[str, AttemptSummary]:
    """Return a user's attempts by lab, those that count in no class; one query."""
    attempts = Attempt.objects.filter(owner_id=user.pk, set_aside=False, assignment=None)
    attempts = attempts.annotate(solved=Count("solves"))
    return {
        one.lab: AttemptSummary(one.public_id, one.solved, one.points, one.finished_at is not None)
        for one in attempts
    }
