"""The live matrix: students and labs, or students and one lab's tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from console.classes.matrix import changed_since, matrix_of, rows_of, waiting_in
from console.classes.matrix.changes import token_now
from console.classes.models import Assignment, Class, Enrollment, HelpRequest
from console.labs.catalog import find_lab
from console.pages.teach.bulk_tools import bulk_tools
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.pages.teach.student_pages import page_number

_MOST_ROWS = 60


def _assignments(course_class: Class, wanted: str) -> tuple[list[Assignment], Assignment | None]:
    """Return the assignments that are shown, and the one that is opened into tasks."""
    found = list(Assignment.objects.filter(course_class=course_class))
    opened = next((one for one in found if one.public_id == wanted), None)
    return ([opened] if opened else found), opened


def _changes_url(
    taught: TaughtClass, token: str, opened: Assignment | None, students: Sequence[str]
) -> str:
    """Return the address of the next poll, which names the students that the page shows."""
    query: dict[str, str | int] = {
        "since": token,
        "minute": timezone.now().minute,
        "rows": ",".join(students),
    }
    query |= {"lab": opened.public_id} if opened else {}
    url = reverse("teach_changes", args=[taught.course_class.public_id])
    return f"{url}?{urlencode(query)}"


@dataclass(frozen=True)
class AssignedLab:
    """An assignment with its lab's title and the titles of the tasks, one a line."""

    assignment: Assignment
    title: str
    tasks: str


@class_page()
@require_safe
def matrix(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Show fifty students, those who wait for help and those stuck longest first."""
    course_class = taught.course_class
    token = token_now(course_class)
    shown, opened = _assignments(course_class, request.GET.get("lab", ""))
    by_name = request.GET.get("sort") == "name"
    found = matrix_of(course_class, shown, taught.names, page=page_number(request), by_name=by_name)
    context = {
        "matrix": found,
        "waiting": _names(taught, found.waiting),
        "opened": opened,
        "lab": find_lab(opened.lab) if opened else None,
        "assigned_labs": _assigned_labs(shown),
        "by_name": by_name,
        "changes_url": _changes_url(
            taught, token, opened, [row.enrollment.public_id for row in found.rows]
        ),
        "page_query": _query(opened, "name" if by_name else "stuck"),
        "name_query": f"?{_query(opened, 'name')}",
        "stuck_query": f"?{_query(opened, 'stuck')}",
        "bulk": bulk_tools(
            request,
            course_class,
            "matrix",
            [row.enrollment.public_id for row in found.rows],
            f"All {found.students} students",
        ),
    }
    return render_class_page(request, "teach/live/matrix.html", taught, context)


def _query(opened: Assignment | None, sort: str) -> str:
    return urlencode({"sort": sort, "lab": opened.public_id if opened else ""})


def _names(taught: TaughtClass, waiting: Sequence[HelpRequest]) -> list[tuple[str, str]]:
    found = (one.enrollment for one in waiting[:_MOST_ROWS])
    return [(taught.name_of(one), one.public_id) for one in found]


def _assigned_labs(assignments: Sequence[Assignment]) -> list[AssignedLab]:
    labs = ((one, find_lab(one.lab)) for one in assignments)
    return [
        AssignedLab(one, lab.title, "\n".join(task.title for task in lab.tasks))
        if lab
        else AssignedLab(one, one.lab, "")
        for one, lab in labs
    ]


@class_page()
@require_safe
def changes(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Answer a poll: the rows that changed since, or 204.

    Once a minute all rows of the page are sent, since time alone makes somebody stuck or absent.
    The page's script moves up who waits for help; other rows stay where they are.
    """
    course_class = taught.course_class
    changed, token = changed_since(course_class, request.GET.get("since", ""))
    minute_passed = request.GET.get("minute") != str(timezone.now().minute)
    if changed is None and not minute_passed:
        return HttpResponse(status=204)
    shown, opened = _assignments(course_class, request.GET.get("lab", ""))
    wanted = request.GET.get("rows", "").split(",")[:_MOST_ROWS]
    students = Enrollment.objects.filter(
        course_class=course_class, removed_at=None, public_id__in=wanted
    ).select_related("user__profile")
    rows = rows_of(course_class, shown, list(students), taught.names)
    keys = set(changed or ())
    if not minute_passed:
        rows = [
            row
            for row in rows
            if row.help or any(cell.attempt and cell.attempt.pk in keys for cell in row.cells)
        ]
    context: dict[str, Any] = {
        "rows": rows,
        "waiting": _names(taught, waiting_in(course_class)),
        "lab": find_lab(opened.lab) if opened else None,
        "taught": taught,
        "course_class": course_class,
        "changes_url": _changes_url(taught, token, opened, wanted),
    }
    return render(request, "teach/live/changes.html", context)
