"""What students do by themselves at a lab that is their exam."""

from django.db.models import F, Q

from console.classes.models import Assignment, Mode
from console.labs.attempts import Terms, packed_terms
from console.labs.models import Attempt


def cover_own_work(assignment: Assignment) -> None:
    """Hide what is right in the students' own attempts at the lab of an exam that they work on.

    They have it back when the results are shown.
    """
    working = Attempt.objects.filter(assignment=assignment, waits=False)
    students = Q(owner__in=working.values("owner"))
    students |= Q(owner__enrollments__team__in=working.exclude(team=None).values("team"))
    own = Attempt.objects.filter(students, lab=assignment.lab, assignment=None)
    keys = list(own.values_list("pk", flat=True))
    hidden = assignment.mode == Mode.EXAM and assignment.results_shown_at is None
    terms = packed_terms(Terms(masked=hidden))
    changed = Attempt.objects.filter(pk__in=keys).exclude(terms=terms)
    changed.update(terms=terms, seq=F("seq") + 1)


def exam_of_lab(user_pk: int | None, slug: str) -> Assignment | None:
    """Return the exam in this lab that somebody works on, whose results are not shown yet."""
    working = Q(owner=user_pk) | Q(
        team__enrollments__user=user_pk, team__enrollments__removed_at=None
    )
    exams = Attempt.objects.filter(
        working, lab=slug, waits=False, withdrawn=False, assignment__mode=Mode.EXAM
    )
    attempts = exams.filter(assignment__results_shown_at=None).select_related(
        "assignment__course_class"
    )
    found = attempts.first() if user_pk else None
    return found.assignment if found else None
