"""Exams: results settled at the end and shown by the teacher."""

from django.db import transaction
from django.utils import timezone

from console.classes.models import Assignment
from console.classes.own_work import cover_own_work
from console.classes.terms import apply_terms
from console.classes.work import lab_of_assignment
from console.labs.attempts import bring_up_to_date
from console.labs.attempts.judgments import SETTLED
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt


def settle(assignment: Assignment | None = None) -> int:
    """Judge what has ended and was not judged since; return how many attempts there were."""
    ended = Attempt.objects.filter(sandbox__frozen_at__lte=timezone.now(), waits=False)
    ended = ended.filter(world_gone_at=None)
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
