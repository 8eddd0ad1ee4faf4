"""What an action would do to each student, in words; nothing is changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from console.classes.bulk.actions import Award, BulkAction
from console.classes.models import Assignment, Enrollment
from console.labs.attempts import TaskState, terms_of
from console.labs.models import Attempt


@dataclass(frozen=True)
class PlannedStudent:
    """What becomes of a student: `will` is whether anything happens."""

    enrollment: Enrollment
    attempt: Attempt | None
    will: bool
    words: str


def attempts_on(assignment: Assignment, enrollments: Sequence[Enrollment]) -> dict[int, Attempt]:
    """Return what students go on with, by enrollment, a team's before one's own; one query."""
    teams = [one.team_id for one in enrollments if one.team_id]
    own = Q(owner__in=[one.user_id for one in enrollments], team=None) | Q(team__in=teams)
    current = Attempt.objects.filter(own, assignment=assignment, set_aside=False, waits=False)
    rows = list(current.select_related("sandbox", "team").defer("results").order_by("pk"))
    of_owners = {one.owner_id: one for one in rows if one.team_id is None}
    of_teams = {one.team_id: one for one in rows if one.team_id}
    found = {
        one.pk: of_teams.get(one.team_id or 0) or of_owners.get(one.user_id) for one in enrollments
    }
    return {key: attempt for key, attempt in found.items() if attempt}


def _reset(attempt: Attempt) -> tuple[bool, str]:
    if terms_of(attempt).is_exam and terms_of(attempt).is_over:
        return False, "The exam has ended: its world stays as it was then"
    return True, "The world is as at its start again; solved tasks and hints stay"


def _unlock(attempt: Attempt) -> tuple[bool, str]:
    terms, locked = terms_of(attempt), attempt.states.count(TaskState.LOCKED.letter)
    if terms.opens_all:
        return False, "All tasks are open already"
    if not locked:
        return False, "No task is locked"
    return True, f"{locked} more {'task opens' if locked == 1 else 'tasks open'}"


def _reopen(attempt: Attempt) -> tuple[bool, str]:
    terms = terms_of(attempt)
    if terms.handed_in is None:
        return False, "Has not handed in"
    if terms.is_closed:
        return False, "It is closed: grant an extension on the assignment's page"
    return True, "Continues as before handing in"


def _recheck(attempt: Attempt) -> tuple[bool, str]:
    del attempt
    return True, "Is judged once more; points that were awarded stay"


_PLANS: dict[BulkAction, Callable[[Attempt], tuple[bool, str]]] = {
    BulkAction.RESET: _reset,
    BulkAction.UNLOCK: _unlock,
    BulkAction.REOPEN: _reopen,
    BulkAction.RECHECK: _recheck,
}


def _award(award: Award | None) -> tuple[bool, str]:
    if award is None:
        return True, "Gets these points, whatever was solved"
    if award.points is None:
        return True, "An award is taken back, if there is one"
    where = f"for the task {award.task}" if award.task else "for the whole lab"
    return True, f"Gets {award.points} points {where}, whatever was solved"


def plan_bulk(
    assignment: Assignment,
    enrollments: Sequence[Enrollment],
    action: BulkAction,
    award: Award | None = None,
) -> list[PlannedStudent]:
    """Return what an action does to each of some students; one query, however many they are."""
    attempts, planned = attempts_on(assignment, enrollments), []
    for one in enrollments:
        attempt = attempts.get(one.pk)
        if action is BulkAction.AWARD:
            will, words = _award(award)
        elif attempt is None:
            will, words = False, "Has not begun"
        else:
            will, words = _PLANS[action](attempt)
            shared = attempt.team is not None and will
            words += f"; it is shared by the team {attempt.team}" if shared else ""
        planned.append(PlannedStudent(one, attempt, will, words))
    return planned
