"""What students do by themselves at a lab that is their exam."""

from django.db.models import F, Q, QuerySet

from console.classes.models import Assignment, Mode
from console.labs.attempts import Terms, packed_terms
from console.labs.models import Attempt
from iam.models.prepared_queries import Prepared


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


def _at_exam(slug: str, owner: int, member: int) -> QuerySet[Attempt]:
    working = Q(owner=owner) | Q(team__enrollments__user=member, team__enrollments__removed_at=None)
    exams = Attempt.objects.filter(
        working, lab=slug, waits=False, withdrawn=False, assignment__mode=Mode.EXAM
    )
    shown = exams.filter(assignment__results_shown_at=None)
    return shown.select_related("assignment__course_class")[:1]


_AT_EXAM = Prepared(_at_exam)


def exam_of_lab(user_pk: int | None, slug: str) -> Assignment | None:
    """Return the exam in this lab that somebody works on, whose results are not shown yet."""
    found = _AT_EXAM.first(slug, user_pk, user_pk) if user_pk else None
    return found.assignment if found else None
