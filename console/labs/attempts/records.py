"""What is stored of a student's work, all of it: for the student to see, take along and delete."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from console.labs.attempts.terms import terms_of
from console.labs.catalog import known_labs
from console.labs.files import LabFile
from console.labs.models import Attempt, HintUse, Response, Solve
from console.labs.rows import remove
from console.labs.site_users import display_name
from iam.models import Event, Sandbox


@dataclass(frozen=True)
class TaskRecord:
    """A task of an attempt: `solved_at` is None while it is not solved."""

    title: str
    solved_at: datetime | None
    points: int
    most_points: int
    hints: int
    right_answers: int
    answers: int


@dataclass(frozen=True)
class AttemptRecord:
    """An attempt with its tasks, in the order of the lab.

    Where an exam is `hidden`, it has neither what was solved nor which answers were right.
    """

    lab: LabFile
    public_id: str
    started_at: datetime
    finished_at: datetime | None
    set_aside: bool
    tasks: tuple[TaskRecord, ...]
    hidden: bool = False

    @property
    def points(self) -> int:
        return sum(task.points for task in self.tasks)

    @property
    def most_points(self) -> int:
        return sum(task.most_points for task in self.tasks)

    @property
    def solved(self) -> int:
        return sum(task.solved_at is not None for task in self.tasks)

    @property
    def hints(self) -> int:
        return sum(task.hints for task in self.tasks)

    @property
    def time_taken(self) -> timedelta | None:
        """Return the time from the start to the task that was solved last."""
        solved = [task.solved_at for task in self.tasks if task.solved_at]
        return max(solved) - self.started_at if solved else None


def records_of(user: User) -> list[AttemptRecord]:
    """Return a user's attempts, the newest first; five queries, however many there are."""
    labs = known_labs()
    solves = {(one.attempt_id, one.task): one for one in _rows(Solve, user)}
    hints: dict[tuple[int, str], int] = {}
    for use in _rows(HintUse, user):
        hints[use.attempt_id, use.task] = hints.get((use.attempt_id, use.task), 0) + 1
    answers: dict[tuple[int, str], list[bool]] = {}
    for response in _rows(Response, user):
        answers.setdefault((response.attempt_id, response.task), []).append(response.right)
    found = []
    for attempt in Attempt.objects.filter(owner=user, waits=False).order_by("-started_at"):
        lab = labs.get(attempt.lab)
        if lab is None:
            continue
        tasks = []
        hidden = not terms_of(attempt).shows_correctness
        for task in lab.tasks:
            key = (attempt.pk, task.id)
            solve = None if hidden else solves.get(key)
            given = answers.get(key, [])
            tasks.append(
                TaskRecord(
                    task.title,
                    solve.at if solve else None,
                    solve.points if solve else 0,
                    task.points,
                    hints.get(key, 0),
                    0 if hidden else sum(given),
                    len(given),
                )
            )
        found.append(
            AttemptRecord(
                lab,
                attempt.public_id,
                attempt.started_at,
                None if hidden else attempt.finished_at,
                attempt.set_aside,
                tuple(tasks),
                hidden,
            )
        )
    return found


def _rows(model: Any, user: User) -> Any:
    return model.objects.filter(attempt__owner=user)


def data_of(user: User) -> dict[str, Any]:
    """Return everything that is stored of a user's work as JSON: results, answers, calls."""
    begun = Attempt.objects.filter(owner=user, waits=False)
    attempts = begun.select_related("sandbox").order_by("started_at")
    return {
        "login": user.get_username(),
        "name": display_name(user),
        "joined": user.date_joined.isoformat(),
        "attempts": [_attempt_data(attempt) for attempt in attempts],
        "worlds": [
            {"name": one.name, "made": one.created_at.isoformat(), "calls": list(_calls(one))}
            for one in _class_worlds(user)
        ],
    }


def _class_worlds(user: User) -> QuerySet[Sandbox]:
    """Return the worlds of no lab that classes gave to a user alone."""
    return Sandbox.objects.filter(owner=user, class_world__enrollment__user=user).order_by("pk")


def _attempt_data(attempt: Attempt) -> dict[str, Any]:
    if not terms_of(attempt).shows_correctness:
        return _hidden_data(attempt)
    finished = attempt.finished_at
    return {
        "lab": attempt.lab,
        "started": attempt.started_at.isoformat(),
        "finished": finished.isoformat() if finished else None,
        "solved": [
            {"task": one.task, "points": one.points, "at": one.at.isoformat()}
            for one in attempt.solves.order_by("at")
        ],
        "hints": _hints(attempt),
        "answers": [
            {
                "task": one.task,
                "question": one.question["text"],
                "answer": one.value,
                "right": one.right,
                "at": one.at.isoformat(),
            }
            for one in attempt.responses.all()
        ],
        "calls": list(_calls(attempt.sandbox)),
    }


def _hidden_data(attempt: Attempt) -> dict[str, Any]:
    """Return an exam's attempt without what is right, as long as nobody is to know."""
    return {
        "lab": attempt.lab,
        "started": attempt.started_at.isoformat(),
        "hints": _hints(attempt),
        "answers": [
            {
                "task": one.task,
                "question": one.question["text"],
                "answer": one.value,
                "at": one.at.isoformat(),
            }
            for one in attempt.responses.all()
        ],
        "calls": list(_calls(attempt.sandbox)),
    }


def _hints(attempt: Attempt) -> list[dict[str, Any]]:
    return [
        {"task": one.task, "number": one.number, "at": one.at.isoformat()}
        for one in attempt.hint_uses.order_by("at")
    ]


def _calls(sandbox: Sandbox) -> Iterator[Any]:
    """Yield the records of what was called in a world, the newest first."""
    yield from Event.in_sandbox(sandbox).values_list("record", flat=True).iterator()


def delete_work(user: User) -> None:
    """Delete a user's attempts with their worlds, and those that classes gave; the login stays.

    A team's world stays the team's, and an exam stays until its results are shown.
    """
    with transaction.atomic():
        for attempt in Attempt.objects.filter(owner=user, team=None).select_related("sandbox"):
            terms = terms_of(attempt)
            if terms.shows_correctness or not terms.is_exam:
                remove(attempt.sandbox)
        for sandbox in _class_worlds(user):
            remove(sandbox)
