"""Which rows of a gradebook are others than they were, whatever it was that changed them.

What scores are made of is hashed as the database has it: to make them takes ten times as long.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from hashlib import blake2b
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from console.classes.models import Assignment, Class, Override
from console.classes.seats import Seat, seats_of
from console.classes.work import lab_of_assignment
from console.labs.catalog import find_lab
from console.labs.models import Attempt, Solve

_GROUPS = 64
_SIZE = 6
"""Digits of the hash of a group of rows."""


def _text(name: str) -> Cast:
    """Return a column as text, which is not read as JSON, a time or a number."""
    return Cast(name, TextField())


def _of_class(course_class: Class) -> str:
    """Return what all rows depend on: the assignments, and their labs as they are now."""
    rows = Assignment.objects.filter(course_class=course_class).select_related("version")
    facts = []
    for one in rows:
        labs = [lab.hash if lab else "" for lab in (lab_of_assignment(one), find_lab(one.lab))]
        facts.append((one.pk, one.mode, one.grade, str(one.late_percent), str(one.weight), labs))
    return repr(facts)


def _attempts(course_class: Class) -> QuerySet[Attempt]:
    return Attempt.objects.filter(assignment__course_class=course_class, waits=False)


def _work(course_class: Class) -> Iterator[tuple[tuple[bool, int], Any]]:
    """Yield what was done, and by whom: a team, or a user."""
    workers = {}
    columns = "version_id", "lab_hash", "points", _text("terms"), _text("parts")
    for row in (
        _attempts(course_class)
        .order_by("pk")
        .values_list("pk", "owner_id", "team_id", "assignment_id", *columns)
    ):
        worker = workers[row[0]] = (True, row[2]) if row[2] else (False, row[1])
        yield worker, row
    solves = Solve.objects.filter(attempt__in=_attempts(course_class).values("pk"))
    for row in solves.order_by("pk").values_list("attempt_id", "task", "points", _text("at")):
        if row[0] in workers:
            yield workers[row[0]], row


def _awards(course_class: Class) -> Iterator[tuple[int, Any]]:
    """Yield what teachers awarded, by enrollment."""
    rows = Override.objects.filter(assignment__course_class=course_class).order_by("pk")
    for row in rows.values_list("enrollment_id", "assignment_id", "task", _text("points")):
        yield row[0], row


def _hashes(course_class: Class, seats: Collection[Seat]) -> list[str]:
    """Return a short hash of the rows of each group, so that a token goes into an address."""
    shared = _of_class(course_class).encode()
    found = [blake2b(shared, digest_size=_SIZE // 2) for _ in range(_GROUPS)]
    at = {one.pk: found[one.pk % _GROUPS] for one in seats}
    workers = defaultdict(list)
    for one in seats:
        at[one.pk].update(repr(one).encode())
        workers[False, one.user_id].append(at[one.pk])
        if one.team_id:
            workers[True, one.team_id].append(at[one.pk])
    for worker, row in _work(course_class):
        for group in workers.get(worker, ()):
            group.update(repr(row).encode())
    for enrollment, row in _awards(course_class):
        if enrollment in at:
            at[enrollment].update(repr(row).encode())
    return [one.hexdigest() for one in found]


def students_since(course_class: Class, token: str) -> tuple[list[int], str]:
    """Return the enrollments whose rows may be others than when a token was made, and the next.

    All for a token of no gradebook, such as an empty one.
    """
    seats = seats_of(course_class)
    now = _hashes(course_class, seats)
    parts = [token[place : place + _SIZE] for place in range(0, _GROUPS * _SIZE, _SIZE)]
    changed = {group for group in range(_GROUPS) if parts[group] != now[group]}
    return [one.pk for one in seats if one.pk % _GROUPS in changed], "".join(now)
