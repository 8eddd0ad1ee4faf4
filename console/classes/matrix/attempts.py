"""The attempts of a class as the matrix reads them: one query, a few columns."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol, TypeVar

from django.db.models import Q, QuerySet

from console.classes.matrix.cells import AttemptColumns
from console.classes.models import Assignment, Enrollment
from console.classes.seats import Seat
from console.labs.models import Attempt

_COUNTS = {"set_aside": False, "waits": False}
Attempts = Mapping[tuple[int, int], AttemptColumns]
"""By enrollment and assignment."""


def current_attempts(assignments: Collection[Assignment]) -> QuerySet[Attempt]:
    """Return the attempts that count in some assignments now, one for each student or team."""
    keys = [one.pk for one in assignments]
    return Attempt.objects.filter(assignment__in=keys, **_COUNTS).order_by()


def columns_of(attempts: QuerySet[Attempt]) -> list[AttemptColumns]:
    """Read attempts; one query."""
    rows = attempts.values_list(
        "pk",
        "owner_id",
        "team_id",
        "assignment_id",
        "public_id",
        "states",
        "points",
        "finished_at",
        "terms__handed_in",
    )
    return [AttemptColumns(*row[:7], bool(row[7]), bool(row[8])) for row in rows]


def attempts_of(
    enrollments: Collection[Enrollment], assignments: Collection[Assignment]
) -> Attempts:
    """Return the attempts of some students, a team's for each of its members.

    They are found by who works, and those of other assignments are left out here: by assignments
    and teams, SQLite would read the whole class's, whose rows are large.
    """
    owners = [one.user_id for one in enrollments]
    teams = [one.team_id for one in enrollments if one.team_id]
    wanted, shown = Q(owner__in=owners) | Q(team__in=teams), {one.pk for one in assignments}
    attempts = columns_of(Attempt.objects.filter(wanted, **_COUNTS).exclude(assignment=None))
    return by_student(enrollments, [one for one in attempts if one.assignment in shown])


class Worked(Protocol):
    """An attempt, as far as it says who works on what."""

    @property
    def owner(self) -> int: ...
    @property
    def team(self) -> int | None: ...
    @property
    def assignment(self) -> int: ...


W = TypeVar("W", bound=Worked)


def by_student(
    enrollments: Collection[Enrollment | Seat], attempts: Iterable[W]
) -> dict[tuple[int, int], W]:
    """Return attempts by enrollment and assignment; a team's comes before one's own."""
    by_owner: dict[int, list[W]] = {}
    by_team: dict[int, list[W]] = {}
    for attempt in attempts:
        if attempt.team is None:
            by_owner.setdefault(attempt.owner, []).append(attempt)
        else:
            by_team.setdefault(attempt.team, []).append(attempt)
    found = {}
    for one in enrollments:
        for attempt in by_owner.get(one.user_id, []):
            found[one.pk, attempt.assignment] = attempt
        for attempt in by_team.get(one.team_id or 0, []):
            found[one.pk, attempt.assignment] = attempt
    return found
