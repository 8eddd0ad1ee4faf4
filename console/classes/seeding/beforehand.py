"""Labs' worlds made before their students begin: *Start* then copies nothing."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from console.classes.models import Assignment, Enrollment, Mode
from console.classes.terms import Leeways, attempt_terms, give_terms
from console.classes.work import lab_of_assignment, make_world
from console.labs.models import Attempt

BEFOREHAND = timedelta(days=1)
"""How long before an assignment opens its worlds are made."""


def students_without_world(assignment: Assignment) -> list[Enrollment]:
    """Return students who have no world yet; of a team one member. Three queries."""
    begun = Attempt.objects.filter(assignment=assignment, set_aside=False)
    teams = set(begun.exclude(team=None).values_list("team", flat=True))
    owners = set(begun.filter(team=None).values_list("owner", flat=True))
    found = []
    students = Enrollment.objects.filter(course_class=assignment.course_class_id, removed_at=None)
    for one in students.order_by("pk"):
        if one.team_id is None and one.user_id not in owners:
            found.append(one)
        elif one.team_id is not None and one.team_id not in teams:
            teams.add(one.team_id)
            found.append(one)
    return found


def make_worlds(assignment: Assignment, most: int | None = None) -> int:
    """Make the worlds of students who have none: they wait. Return how many were made."""
    grants, made = Leeways(assignment), 0
    if lab_of_assignment(assignment) is None:
        return 0
    for enrollment in students_without_world(assignment)[:most]:
        try:
            with transaction.atomic():
                attempt = make_world(enrollment, assignment, waits=True)
                terms = attempt_terms(assignment, grants.of_student(enrollment), attempt)
                give_terms(attempt, terms)
        except IntegrityError:  # the student was faster
            continue
        made += 1
    return made


def assignments_ahead() -> QuerySet[Assignment]:
    """Return those whose worlds are made beforehand and that open soon, or are open."""
    now = timezone.now()
    wanted = Q(mode=Mode.EXAM) | Q(worlds_beforehand=True)
    soon = Q(opens=None) | Q(opens__lte=now + BEFOREHAND)
    open_still = Q(closes=None) | Q(closes__gt=now)
    ahead = Assignment.objects.filter(wanted, soon, open_still, course_class__archived_at=None)
    ahead = ahead.filter(course_class__cleared_at=None)
    return ahead.exclude(mode=Mode.EXAM, results_shown_at__isnull=False)


def ask_beforehand(assignment: Assignment) -> None:
    """Let an assignment's worlds be made before its students begin."""
    assignment.worlds_beforehand = True
    assignment.save(update_fields=["worlds_beforehand"])
