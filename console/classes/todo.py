"""What a student has to do in a class: assignments with dates, points and remarks."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q

from console.classes.access import enrollments_of
from console.classes.models import Assignment, Enrollment, Mode, Remark
from console.classes.scores import Score, scores_of
from console.classes.terms import Leeway, leeways_of, terms_for
from console.classes.work import may_take_back
from console.labs.attempts import Terms, terms_of
from console.labs.catalog import known_labs
from console.labs.models import Attempt

_MOST_CLASSES = 10


@dataclass(frozen=True)
class Assigned:
    """An assignment as one student finds it. `attempt` is the one that goes on, if any is begun."""

    assignment: Assignment
    title: str
    terms: Terms
    attempt: Attempt | None
    score: Score
    remarks: Sequence[Remark]

    @property
    def points(self) -> Decimal | None:
        """Return the points that the student may see; None while an exam hides them."""
        return self.score.points if self.terms.shows_correctness else None

    @property
    def state(self) -> tuple[str, str]:
        if self.terms.handed_in:
            return "success", "Handed in"
        if not self.terms.is_open_yet:
            return "stopped", "Not open yet"
        if self.terms.is_over:
            return "stopped", "Closed"
        if self.is_solved:
            return "success", "Solved"
        return ("pending", "Begun") if self.attempt else ("pending", "Not begun")

    @property
    def is_solved(self) -> bool:
        """Return whether every task is solved, as far as the student may know."""
        solved = self.attempt is not None and self.attempt.finished_at is not None
        return solved and self.terms.shows_correctness

    @property
    def may_go_on(self) -> bool:
        """Return whether there is a world to work in, not only results to look at."""
        there = self.attempt is not None and self.attempt.world_gone_at is None
        return there and not self.terms.is_over

    @property
    def may_begin(self) -> bool:
        return self.attempt is None and self.terms.is_open_yet and not self.terms.is_over

    @property
    def may_hand_in(self) -> bool:
        return self.may_go_on

    @property
    def may_take_back(self) -> bool:
        return self.attempt is not None and may_take_back(self.attempt)

    @property
    def may_begin_anew(self) -> bool:
        open_still = self.attempt is not None and not self.terms.is_over
        return open_still and self.assignment.mode != Mode.EXAM

    @property
    def is_timed(self) -> bool:
        """Return whether one's own minutes begin with *Start*."""
        return bool(self.assignment.start_by_button and self.assignment.minutes)


def assigned_to(enrollment: Enrollment) -> list[Assigned]:
    """Return what a student is assigned, in order; ten queries, however much it is."""
    rows = list(
        Assignment.objects.filter(course_class=enrollment.course_class_id).select_related("version")
    )
    labs, leeways = known_labs(), leeways_of(enrollment, rows)
    scores = scores_of(rows, [enrollment])
    own = Q(owner=enrollment.user_id, team=None)
    if enrollment.team_id:
        own |= Q(team=enrollment.team_id)
    begun = Attempt.objects.filter(own, assignment__in=rows, set_aside=False, waits=False)
    attempts = {one.assignment_id: one for one in begun.order_by("team")}
    remarks: dict[int, list[Remark]] = {}
    for remark in Remark.objects.filter(enrollment=enrollment, assignment__in=rows):
        remarks.setdefault(remark.assignment_id, []).append(remark)
    found = []
    for one in rows:
        attempt, lab = attempts.get(one.pk), labs.get(one.lab)
        terms = terms_of(attempt) if attempt else terms_for(one, leeways.get(one.pk, Leeway()))
        score = scores[one.pk, enrollment.pk]
        title = lab.title if lab else one.lab
        found.append(Assigned(one, title, terms, attempt, score, remarks.get(one.pk, ())))
    return found


def next_thing(enrollment: Enrollment) -> Assigned | None:
    """Return what a student does next in a class: what is due first, else the first in order."""
    waiting = [
        one
        for one in assigned_to(enrollment)
        if one.terms.is_open_yet and not one.terms.is_over and not one.is_solved
    ]
    dated = [(one.terms.due, place, one) for place, one in enumerate(waiting) if one.terms.due]
    return min(dated)[2] if dated else next(iter(waiting), None)


def my_classes(user: AbstractBaseUser | AnonymousUser) -> list[tuple[Enrollment, Assigned | None]]:
    """Return the classes of a student, each with what comes next in it."""
    return [(one, next_thing(one)) for one in enrollments_of(user)[:_MOST_CLASSES]]
