"""Who is where just now: what the live matrix shows, and what has changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from django.db.models import Q, QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.operations import PAGE, SINCE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.views import ApiView, user_of
from console.api.resources.people import StudentRef
from console.api.resources.seen import seen_class
from console.classes.matrix import Cell, MatrixRow, changed_since, rows_of
from console.classes.models import Class, Enrollment
from console.classes.todo import Assigned, assigned_to
from console.labs.models import Attempt


@dataclass(frozen=True)
class WorkCell:
    """A student in an assignment, as its viewer may see it."""

    assignment: str
    attempt: str | None
    words: str
    hidden: bool
    states: str | None
    points: float | None


@dataclass(frozen=True)
class WorkRow:
    """A student with a cell for each assignment; presence is for teachers."""

    student: Enrollment
    cells: Sequence[WorkCell]
    present: bool | None = None
    stuck_since: datetime | None = None
    stuck: str | None = None
    help_asked_at: datetime | None = None


class WorkCellShape(serializers.Serializer[WorkCell]):
    """A cell: `states` has a letter for each task, and is null in an exam."""

    assignment = serializers.CharField()
    attempt = serializers.CharField(allow_null=True)
    words = serializers.CharField()
    hidden = serializers.BooleanField()
    states = serializers.CharField(allow_null=True)
    points = serializers.FloatField(allow_null=True)


class ProgressRow(serializers.Serializer[WorkRow]):
    """A student with a cell for each assignment. Presence and help are for teachers alone."""

    student = StudentRef()
    present = serializers.BooleanField(allow_null=True)
    stuck_since = serializers.DateTimeField(allow_null=True)
    stuck = serializers.CharField(allow_null=True)
    help_asked_at = serializers.DateTimeField(allow_null=True)
    cells = WorkCellShape(many=True)


def _cell(cell: Cell) -> WorkCell:
    attempt, hidden = cell.attempt, cell.hides_correctness
    return WorkCell(
        cell.assignment.public_id,
        attempt.public_id if attempt else None,
        cell.words,
        hidden,
        attempt.states if attempt and not hidden else None,
        attempt.points if attempt and not hidden else None,
    )


def _row(row: MatrixRow) -> WorkRow:
    return WorkRow(
        row.enrollment,
        [_cell(cell) for cell in row.cells],
        row.is_present,
        row.stuck.since if row.stuck else None,
        row.stuck.words if row.stuck else None,
        row.help.asked_at if row.help else None,
    )


def _own_cell(assigned: Assigned) -> WorkCell:
    attempt, hidden = assigned.attempt, not assigned.terms.shows_correctness
    return WorkCell(
        assigned.assignment.public_id,
        attempt.public_id if attempt else None,
        assigned.state[1],
        hidden,
        attempt.states if attempt and not hidden else None,
        None if assigned.points is None else float(assigned.points),
    )


def _changed_students(course_class: Class, keys: Sequence[int]) -> QuerySet[Enrollment]:
    attempts = Attempt.objects.filter(pk__in=keys)
    here = Enrollment.objects.filter(course_class=course_class)
    alone = Q(user__in=attempts.filter(team=None).values("owner"))
    together = Q(team__in=attempts.exclude(team=None).values("team"))
    return here.filter(
        alone | together | Q(help_requests__done_at=None, help_requests__isnull=False)
    )


class ClassProgress(ApiView):
    """Who is where in a class."""

    area = "progress"

    @operation(
        "get_progress", page_of(ProgressRow, since=True), query=[*PAGE, SINCE], problems=[404]
    )
    def get(self, request: Request, class_id: str) -> Response:
        """Get what the live matrix shows, or the rows that have changed since.

        Keep `since` of the first page. Time alone makes somebody absent or stuck: ask without
        `since` once a minute. Students get their own row.
        """
        seen = seen_class(user_of(request), class_id)
        wanted = request.query_params.get("since", "")
        if seen.enrollment:
            return _own_progress(request, seen.enrollment, wanted)
        course_class = seen.course_class
        changed, since = changed_since(course_class, wanted)
        rows = Enrollment.objects.filter(course_class=course_class)
        if wanted:
            rows = _changed_students(course_class, changed) if changed is not None else rows.none()
        assignments = list(course_class.assignments.all())
        students = rows.filter(removed_at=None).select_related("user__profile").distinct()
        return answer_page(
            request,
            students.order_by("pk"),
            ProgressRow,
            lambda page: [_row(one) for one in rows_of(course_class, assignments, page)],
            since=since,
        )


def _own_progress(request: Request, enrollment: Enrollment, wanted: str) -> Response:
    """Answer a student with the own row; `since` follows from what is shown, and from no more."""
    row = WorkRow(enrollment, [_own_cell(one) for one in assigned_to(enrollment)])
    since = f"{crc32(repr(ProgressRow(row).data).encode()):x}"
    return answer_page(request, [] if wanted == since else [row], ProgressRow, since=since)
