"""Exams: worlds made beforehand, results settled at the end and shown by the teacher."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from console.classes.models import Assignment, Enrollment, Mode
from console.classes.own_work import cover_own_work
from console.classes.terms import Leeways, apply_terms, attempt_terms, give_terms
from console.classes.work import lab_of_assignment, make_world
from console.labs.attempts import bring_up_to_date
from console.labs.attempts.judgments import SETTLED
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt

BEFOREHAND = timedelta(days=1)
"""How long before an exam opens its worlds are made."""


def _without_world(assignment: Assignment) -> list[Enrollment]:
    """Return students who have no world yet; of a team one member."""
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


def make_worlds(assignment: Assignment) -> int:
    """Make the worlds of all students who have none: they wait. Return how many were made."""
    grants, made = Leeways(assignment), 0
    if lab_of_assignment(assignment) is None:
        return 0
    for enrollment in _without_world(assignment):
        try:
            with transaction.atomic():
                attempt = make_world(enrollment, assignment, waits=True)
                terms = attempt_terms(assignment, grants.of_student(enrollment), attempt)
                give_terms(attempt, terms)
        except IntegrityError:  # the student was faster
            continue
        made += 1
    return made


def exams_ahead() -> QuerySet[Assignment]:
    """Return the exams that open soon, or are open."""
    now = timezone.now()
    exams = Assignment.objects.filter(mode=Mode.EXAM, course_class__archived_at=None)
    soon = Q(opens=None) | Q(opens__lte=now + BEFOREHAND)
    return exams.filter(soon, Q(closes=None) | Q(closes__gt=now), results_shown_at=None)


def settle(assignment: Assignment | None = None) -> int:
    """Judge what has ended and was not judged since; return how many attempts there were."""
    ended = Attempt.objects.filter(sandbox__frozen_at__lte=timezone.now(), waits=False)
    if assignment is not None:
        ended = ended.filter(assignment=assignment)
    settled = 0
    for attempt in ended.exclude(judged_at__startswith=SETTLED):
        lab = lab_of(attempt)
        if lab is not None:
            bring_up_to_date(attempt, lab)
            settled += 1
    return settled


def show_results(assignment: Assignment) -> None:
    """Let the students of an exam see what is right, and what they solved."""
    settle(assignment)
    with transaction.atomic():
        assignment.results_shown_at = timezone.now()
        assignment.save(update_fields=["results_shown_at"])
        apply_terms(assignment)
        _finish(assignment)
        cover_own_work(assignment)


def hide_results(assignment: Assignment) -> None:
    """Hide again what was shown."""
    with transaction.atomic():
        assignment.results_shown_at = None
        assignment.save(update_fields=["results_shown_at"])
        apply_terms(assignment)
        Attempt.objects.filter(assignment=assignment).update(finished_at=None)
        cover_own_work(assignment)


def _finish(assignment: Assignment) -> None:
    """Let attempts in which every task is solved be finished ones."""
    now, lab = timezone.now(), lab_of_assignment(assignment)
    attempts = Attempt.objects.filter(assignment=assignment, waits=False, finished_at=None)
    whole = attempts.filter(states="S" * len(lab.tasks)) if lab else attempts.none()
    whole.update(finished_at=now)
