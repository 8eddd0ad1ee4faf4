"""An action done with many students' work, with a line in the audit list for each."""

from collections.abc import Callable, Sequence

from django.contrib.auth.models import User

from console.classes.audit import Deed, note_action
from console.classes.awards import award_points
from console.classes.bulk.actions import Award, BulkAction
from console.classes.bulk.plan import PlannedStudent, plan_bulk
from console.classes.models import Assignment, Enrollment
from console.classes.rechecks import recheck_assignment
from console.classes.work import take_back, unlock_tasks
from console.labs.attempts import bring_up_to_date, start_again
from console.labs.catalog import lab_title
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt


def _reset(attempt: Attempt) -> None:
    start_again(attempt.sandbox)
    fresh, lab = Attempt.objects.get(pk=attempt.pk), lab_of(attempt)
    if lab is not None:
        bring_up_to_date(fresh, lab)


def _reopen(attempt: Attempt) -> None:
    take_back(attempt, by_teacher=True)


_DONE: dict[BulkAction, tuple[Deed, Callable[[Attempt], object]]] = {
    BulkAction.RESET: (Deed.RESET_A_WORLD, _reset),
    BulkAction.UNLOCK: (Deed.UNLOCKED_TASKS, unlock_tasks),
    BulkAction.REOPEN: (Deed.REOPENED_WORK, _reopen),
}


def perform_bulk(
    assignment: Assignment,
    enrollments: Sequence[Enrollment],
    action: BulkAction,
    *,
    by: User | None,
    award: Award | None = None,
) -> int:
    """Do an action with the work of some students; return for how many something happened.

    Who has meanwhile done what makes it pointless is left alone. A team's world is touched once.
    """
    planned = [one for one in plan_bulk(assignment, enrollments, action, award) if one.will]
    if action is BulkAction.AWARD:
        for one in planned:
            _award(assignment, one.enrollment, award or Award(), by)
    elif action is BulkAction.RECHECK:
        _recheck(assignment, planned, by)
    else:
        _do(assignment, planned, action, by)
    return len(planned)


def _award(assignment: Assignment, enrollment: Enrollment, award: Award, by: User | None) -> None:
    award_points(assignment, enrollment, award.points, task=award.task, reason=award.reason, by=by)


def _do(
    assignment: Assignment, planned: Sequence[PlannedStudent], action: BulkAction, by: User | None
) -> None:
    noted, do = _DONE[action]
    title = lab_title(assignment.lab)
    done = set[int]()
    for one in planned:
        if one.attempt is not None and one.attempt.pk not in done:
            done.add(one.attempt.pk)
            do(one.attempt)
        note_action(assignment.course_class, by, noted, title, one.enrollment)


def _recheck(assignment: Assignment, planned: Sequence[PlannedStudent], by: User | None) -> None:
    outcomes: dict[int, str] = {}
    recheck_assignment(
        assignment,
        [one.enrollment for one in planned],
        apply=True,
        by=by,
        note=lambda found: outcomes.update({found.attempt.pk: str(found.outcome)}),
    )
    for one in planned:
        found = outcomes.get(one.attempt.pk, "") if one.attempt else ""
        detail = f"{lab_title(assignment.lab)}: {found}"
        note_action(assignment.course_class, by, Deed.CHECKED_AGAIN, detail, one.enrollment)
