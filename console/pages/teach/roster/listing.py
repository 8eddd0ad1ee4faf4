"""The list of a class's students."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from console.classes.access import taught_classes
from console.classes.models import Class, Enrollment, LoginCard
from console.labs.site_users import display_name
from console.pages.teach.bulk_tools import bulk_tools
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.pages.teach.roster.forms import other_classes
from console.ui.tables import Column, Empty, SelectFilter, Table


@dataclass(frozen=True)
class StudentRow:
    """A student as the roster lists them."""

    enrollment: Enrollment

    @property
    def key(self) -> str:
        return self.enrollment.public_id

    @property
    def name(self) -> str:
        return display_name(self.enrollment.user)

    @property
    def login(self) -> str:
        return self.enrollment.user.get_username()

    @property
    def state(self) -> str:
        return "Removed" if self.enrollment.removed_at else "Active"


def _url(row: StudentRow) -> str:
    enrollment = row.enrollment
    return reverse("teach_student_edit", args=[enrollment.course_class.public_id, row.key])


def _has_state(row: StudentRow, state: str) -> bool:
    return row.state == state


TABLE = Table(
    id="roster",
    title="Students",
    row_key="key",
    selection="checkbox",
    selection_form="roster-actions",
    sort="name",
    page_size=50,
    labelled_by="name",
    columns=[
        Column("name", "Name", link=_url),
        Column("login", "Login"),
        Column("reference", "Reference", value=lambda row: row.enrollment.reference),
        Column("team", "Team", value=lambda row: row.enrollment.team),
        Column(
            "extra_time",
            "Extra time",
            value=lambda row: f"{row.enrollment.extra_time} %" if row.enrollment.extra_time else "",
        ),
        Column("state", "State", searchable=False),
        Column("source", "Came by", value=lambda row: row.enrollment.get_source_display()),
        Column("joined", "Joined", kind="time", value=lambda row: row.enrollment.joined_at),
    ],
    filters=[
        SelectFilter(
            "state",
            "Filter by state",
            (("Active", "Active"), ("Removed", "Removed")),
            _has_state,
            "All students",
        )
    ],
    empty=Empty("No students yet", "Show the join code, or import a roster."),
)


def students_of(course_class: Class) -> list[StudentRow]:
    """Return all students of a class, removed ones too; one query."""
    enrollments = Enrollment.objects.filter(course_class=course_class)
    joined = enrollments.select_related("user__profile", "team", "course_class")
    return [StudentRow(one) for one in joined.order_by("pk")]


@class_page()
@require_safe
def roster(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """List the students, with what can be done with those selected."""
    course_class = taught.course_class
    cards = LoginCard.objects.filter(
        enrollment__course_class=course_class, enrollment__removed_at=None
    )
    table = TABLE.view(request, students_of(course_class))
    all_label = f"All {table.matched} that match" if table.filtered else f"All {table.total}"
    here = [row.key for row in table.rows]
    context = {
        "table": table,
        "bulk": bulk_tools(request, course_class, "roster", here, all_label),
        "cards": cards.count(),
        "classes": other_classes(
            course_class, list(taught_classes(request.user).filter(archived_at=None))
        ),
        "waiting": cards.filter(hashed_at=None).count(),
    }
    return render_class_page(request, "teach/roster/list.html", taught, context)
