"""The classes of the site."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from console.administration.classes import (
    found_classes,
    last_active,
    owners_of,
    with_students,
)
from console.classes.models import Class
from console.labs.site_users import display_name
from console.pages.admin.frame import render_admin_page
from console.pages.admin.guard import for_administrators
from console.ui.columns import Column, Empty, SelectFilter
from console.ui.query_tables import QueryTable


@dataclass(frozen=True)
class ClassRow:
    """A class as the list shows it."""

    course_class: Class
    owners: str
    students: int
    last_active: datetime | None

    @property
    def key(self) -> str:
        return self.course_class.public_id

    @property
    def keep_until(self) -> str:
        """Return the day as times of the list are written; it is one in the class's own zone."""
        day = self.course_class.keep_until
        return date_format(day, "F j, Y") if day else ""

    @property
    def state(self) -> str:
        return "Archived" if self.course_class.archived_at else "Running"


_TABLE = QueryTable(
    id="classes",
    title="Classes",
    row_key="key",
    search="Search by name or teacher",
    page_size=50,
    labelled_by="name",
    columns=[
        Column(
            "name",
            "Name",
            value=lambda row: row.course_class.name,
            link=lambda row: reverse("teach_class", args=[row.key]),
        ),
        Column("owners", "Owner", sortable=False),
        Column("students", "Students", kind="number"),
        Column("last_active", "Last activity", kind="time", sortable=False),
        Column("keep_until", "Keep until", value=lambda row: row.keep_until),
        Column("state", "State", sortable=False),
        Column("made", "Made", kind="time", value=lambda row: row.course_class.made_at),
    ],
    filters=[
        SelectFilter(
            "state",
            "Filter by state",
            (("running", "Running"), ("archived", "Archived")),
            all_label="All classes",
        )
    ],
    order={
        "name": ["name"],
        "students": ["students"],
        "keep_until": ["keep_until"],
        "made": ["made_at"],
    },
    description="An administrator opens a class as its owner does.",
    empty=Empty("No class found", "A search looks for a part of its name, or of a teacher's."),
)


def _rows(classes: Sequence[Any]) -> Iterable[ClassRow]:
    """Return the rows of one page; two queries."""
    owners, active = owners_of(classes), last_active(classes)
    return [
        ClassRow(
            one,
            ", ".join(display_name(owner.user) for owner in owners.get(one.pk, ())),
            one.students,
            active.get(one.pk),
        )
        for one in classes
    ]


@for_administrators
@require_safe
def class_list(request: HttpRequest) -> HttpResponse:
    """List the classes, a page at a time."""
    found = found_classes(_TABLE.query(request))
    state = _TABLE.chosen(request, "state")
    if state:
        found = found.filter(archived_at__isnull=state == "running")
    table = _TABLE.view_query(request, with_students(found), _rows, total=Class.objects.count())
    return render_admin_page(request, "administration/classes.html", {"table": table})
