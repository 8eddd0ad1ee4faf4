"""The attempts of a class as the matrix reads them: one query, a few columns."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q, QuerySet

from console.classes.matrix.cells import AttemptColumns
from console.classes.models import Assignment, Enrollment
from console.classes.seats import Seat
from console.labs.models import Attempt

Attempts = Mapping[tuple[int, int], AttemptColumns]
"""By enrollment and assignment."""


def current_attempts(assignments: Collection[Assignment]) -> QuerySet[Attempt]:
    """Return the attempts that count in some assignments now, one for each student or team."""
    return Attempt.objects.filter(
        assignment__in=[one.pk for one in assignments], set_aside=False, waits=False
    ).order_by()


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
    """Return the attempts of some students, a team's for each of its members."""
    owners = [one.user_id for one in enrollments]
    teams = [one.team_id for one in enrollments if one.team_id]
    wanted = Q(owner__in=owners, team=None) | Q(team__in=teams)
    return by_student(enrollments, columns_of(current_attempts(assignments).filter(wanted)))


def by_student(
    enrollments: Collection[Enrollment | Seat], attempts: Iterable[AttemptColumns]
) -> dict[tuple[int, int], AttemptColumns]:
    """Return attempts by enrollment and assignment; a team's comes before one's own."""
    by_owner: dict[int, list[AttemptColumns]] = {}
    by_team: dict[int, list[AttemptColumns]] = {}
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
