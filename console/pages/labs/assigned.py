"""What a class asks for, as an attempt's page and drawer show it."""

from dataclasses import dataclass

from console.classes.models import Assignment, Class
from console.classes.work import may_take_back
from console.labs.attempts import Terms
from console.labs.models import Attempt


@dataclass(frozen=True)
class AssignedView:
    """The assignment that an attempt counts in, and what its student may do with it."""

    assignment: Assignment
    course_class: Class
    terms: Terms
    may_take_back: bool
    set_aside: bool

    @property
    def may_hand_in(self) -> bool:
        return not self.terms.is_over and not self.set_aside


def assigned_view(attempt: Attempt, terms: Terms) -> AssignedView | None:
    """Return what an attempt's class asks for; one query, none outside of a class."""
    if attempt.assignment_id is None:
        return None
    rows = Assignment.objects.select_related("course_class")
    assignment = rows.get(pk=attempt.assignment_id)
    return AssignedView(
        assignment,
        assignment.course_class,
        terms,
        may_take_back(attempt) and not attempt.set_aside,
        attempt.set_aside,
    )
