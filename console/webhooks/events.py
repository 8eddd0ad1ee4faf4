"""What a webhook is sent: what students of a class did, by IDs, without names."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from console.classes.models import Class, Enrollment, HelpRequest, Mode
from console.labs.models import Attempt, Solve

MOST = 1000


def events_of(course_class: Class, after: datetime, until: datetime) -> list[dict[str, Any]]:
    """Return what happened in a class after a moment and until another, the oldest first.

    What is solved in an exam is no event: its results are those at its end.
    """
    found = [
        *_joined(course_class, after, until),
        *_asked(course_class, after, until),
        *_worked(course_class, after, until),
    ]
    found.sort(key=lambda one: (one[0], one[1]["type"]))
    return [{**event, "at": at.isoformat()} for at, event in found[:MOST]]


Events = Iterator[tuple[datetime, dict[str, Any]]]


def _joined(course_class: Class, after: datetime, until: datetime) -> Events:
    rows = Enrollment.objects.filter(course_class=course_class, removed_at=None)
    for one in rows.filter(joined_at__gt=after, joined_at__lte=until)[:MOST]:
        yield one.joined_at, {"type": "student.joined", "student": one.public_id}


def _asked(course_class: Class, after: datetime, until: datetime) -> Events:
    rows = HelpRequest.objects.filter(enrollment__course_class=course_class)
    rows = rows.filter(asked_at__gt=after, asked_at__lte=until).select_related(
        "enrollment", "attempt"
    )
    for one in rows[:MOST]:
        yield (
            one.asked_at,
            {
                "type": "help.asked",
                "student": one.enrollment.public_id,
                "attempt": one.attempt.public_id,
            },
        )


def _worked(course_class: Class, after: datetime, until: datetime) -> Events:
    """Yield the tasks that were solved, and the labs that were finished."""
    counted = ~Q(attempt__assignment__mode=Mode.EXAM)
    solves = Solve.objects.filter(counted, attempt__assignment__course_class=course_class)
    solves = solves.filter(at__gt=after, at__lte=until).select_related("attempt__assignment")
    solved = list(solves[:MOST])
    attempts = Attempt.objects.filter(assignment__course_class=course_class)
    attempts = attempts.exclude(assignment__mode=Mode.EXAM).select_related("assignment")
    finished = list(attempts.filter(finished_at__gt=after, finished_at__lte=until)[:MOST])
    owners = {one.attempt.owner_id for one in solved} | {one.owner_id for one in finished}
    rows = Enrollment.objects.filter(course_class=course_class, user__in=owners)
    students = dict(rows.values_list("user", "public_id"))
    for solve in solved:
        work = _work(solve.attempt, students)
        yield (
            solve.at,
            {"type": "task.solved", **work, "task": solve.task, "points": solve.points},
        )
    for one in finished:
        if one.finished_at is not None:
            yield one.finished_at, {"type": "lab.finished", **_work(one, students)}


def _work(attempt: Attempt, students: dict[int, str]) -> dict[str, Any]:
    assignment = attempt.assignment
    return {
        "student": students.get(attempt.owner_id),
        "attempt": attempt.public_id,
        "assignment": assignment.public_id if assignment else None,
        "lab": attempt.lab,
    }
