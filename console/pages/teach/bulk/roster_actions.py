"""What can be done with students themselves, from the roster: planned in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.http import HttpRequest

from console.classes.access import taught_class
from console.classes.bulk import PlannedStudent
from console.classes.models import Class, Enrollment, TeachingRole
from console.classes.roster.cards import may_reset
from console.pages.teach.bulk_tools import STUDENT_ACTIONS
from console.pages.teach.roster.forms import TeamForm

ROSTER_ACTIONS = {**STUDENT_ACTIONS, "team": "Set team", "move": "Move to another class"}


class ActionRefused(ValueError):
    """What is missing of an action, as a sentence."""


@dataclass(frozen=True)
class RosterAction:
    """An action with what it needs: a team's name, or the class that students move to."""

    do: str
    by: User
    team: str = ""
    to: Class | None = None
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return ROSTER_ACTIONS[self.do]


def roster_action_of(request: HttpRequest, do: str, by: User) -> RosterAction:
    """Return the action that a form means; raises ActionRefused."""
    if do == "team":
        form = TeamForm(request.POST)
        if not form.is_valid():
            raise ActionRefused("A team's name has up to 80 characters.")
        team = form.cleaned_data["team"]
        return RosterAction(do, by, team=team, fields={"team": team})
    if do == "move":
        wanted = request.POST.get("class", "")
        found = taught_class(by, wanted, TeachingRole.TEACHER)
        if found is None:
            raise ActionRefused("Choose the class that they move to.")
        return RosterAction(do, by, to=found[0], fields={"class": wanted})
    return RosterAction(do, by)


def plan_roster_action(
    action: RosterAction, students: Sequence[Enrollment]
) -> list[PlannedStudent]:
    """Return what an action does to each student; two queries at most."""
    outcome = _OUTCOMES[action.do](action, students)
    return [PlannedStudent(one, None, *outcome(one)) for one in students]


_Outcome = Callable[[Enrollment], tuple[bool, str]]


def _reset(action: RosterAction, students: Sequence[Enrollment]) -> _Outcome:
    allowed = {one.pk for one in may_reset(action.by, students)}

    def outcome(one: Enrollment) -> tuple[bool, str]:
        if one.pk in allowed:
            return True, "Gets a new password, to print on a card; the old one ends at once"
        words = "Is also in a class that you do not teach, or teaches: an administrator can"
        return False, words

    return outcome


def _remove(action: RosterAction, students: Sequence[Enrollment]) -> _Outcome:
    del action, students

    def outcome(one: Enrollment) -> tuple[bool, str]:
        if one.removed_at:
            return False, "Is removed already"
        return True, "Sees nothing of the class from now on; the work stays"

    return outcome


def _return(action: RosterAction, students: Sequence[Enrollment]) -> _Outcome:
    del action, students

    def outcome(one: Enrollment) -> tuple[bool, str]:
        if not one.removed_at:
            return False, "Is in the class"
        if one.user.is_active:
            return True, "Is in the class again, with all the work"
        return True, "Is in the class again; an administrator deactivated the login, which stays so"

    return outcome


def _team(action: RosterAction, students: Sequence[Enrollment]) -> _Outcome:
    del students

    def outcome(one: Enrollment) -> tuple[bool, str]:
        before = one.team.name if one.team else ""
        if before == action.team:
            return False, f"Is in the team {before} already" if before else "Is in no team"
        if not action.team:
            return True, f"Leaves the team {before}, whose worlds stay the team's"
        return True, f"Shares the worlds of the team {action.team} from now on"

    return outcome


def _move(action: RosterAction, students: Sequence[Enrollment]) -> _Outcome:
    there = Enrollment.objects.filter(course_class=action.to).values_list("user", "reference")
    users = {user for user, _ in there}
    references = {reference for _, reference in there if reference}
    del students

    def outcome(one: Enrollment) -> tuple[bool, str]:
        if one.user_id in users or one.reference in references:
            return False, f"{action.to} already has them, or their reference"
        return True, f"Moves to {action.to}; the work stays in this class"

    return outcome


_OUTCOMES: dict[str, Callable[[RosterAction, Sequence[Enrollment]], _Outcome]] = {
    "reset": _reset,
    "remove": _remove,
    "return": _return,
    "team": _team,
    "move": _move,
}
