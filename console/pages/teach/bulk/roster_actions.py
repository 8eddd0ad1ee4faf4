"""What can be done with students themselves, from the roster: planned in words."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from console.classes.bulk import PlannedStudent
from console.classes.models import Enrollment
from console.classes.roster.cards import may_reset


def plan_roster_action(
    do: str, students: Sequence[Enrollment], teacher: User
) -> list[PlannedStudent]:
    """Return what an action does to each student."""
    allowed = {one.pk for one in may_reset(teacher, students)} if do == "reset" else set()
    return [PlannedStudent(one, None, *_outcome(do, one, allowed)) for one in students]


def _outcome(do: str, one: Enrollment, allowed: set[int]) -> tuple[bool, str]:
    if do == "reset":
        if one.pk not in allowed:
            return False, "Is also in a class that you do not teach, or teaches"
        return True, "Gets a new password, to print on a card; the old one ends at once"
    if do == "remove":
        if one.removed_at:
            return False, "Is removed already"
        return True, "Sees nothing of the class from now on; the work stays"
    if not one.removed_at:
        return False, "Is in the class"
    return True, "Is in the class again, with all the work"
