"""One seeding: how far it is, and each world with its owner."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from console.classes.models import ClassWorld, Enrollment, Seeding, Team
from console.classes.seeding.due import is_due
from console.classes.seeding.recipients import Recipient, without_world
from console.classes.student_names import StudentNames
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.pages.teach.classes.forms import in_zone_of
from console.ui.tables import Column, Empty, SelectFilter, Table


@dataclass(frozen=True)
class ClassWorldRow:
    """A world of the list, or somebody who lacks one."""

    world: ClassWorld | None
    recipient: Recipient | None
    names: StudentNames
    may_copy: bool = False

    @property
    def key(self) -> str:
        return self.world.public_id if self.world else ""

    @property
    def team(self) -> Team | None:
        if self.world is not None:
            return self.world.team
        return self.recipient.team if self.recipient else None

    @property
    def student(self) -> Enrollment | None:
        """Return whose world it is; None for a team's."""
        if self.world is not None:
            return self.world.enrollment
        return self.recipient.student if self.recipient and not self.team else None

    @property
    def name(self) -> str:
        if self.team is not None:
            return f"Team {self.team.name}"
        return self.names.of(self.student.user) if self.student else ""

    @property
    def owner(self) -> str:
        sandbox = self.world.sandbox if self.world else None
        return self.names.of(sandbox.owner) if sandbox else ""

    @property
    def state(self) -> str:
        if self.world is None:
            return "Not there yet"
        if self.world.sandbox is None:
            return "Deleted"
        return "Suspended" if self.world.sandbox.suspended else "There"


def _url(row: ClassWorldRow) -> str:
    student = row.student
    if student is None:
        return ""
    return reverse("teach_student", args=[student.course_class.public_id, student.public_id])


def _has_state(row: ClassWorldRow, state: str) -> bool:
    return row.state == state


_STATES = ("There", "Not there yet", "Suspended", "Deleted")
TABLE = Table(
    id="worlds",
    title="Worlds",
    row_key="key",
    selection="checkbox",
    selection_form="worlds-actions",
    disabled=lambda row: "" if row.world else "This world is not ready yet",
    sort="name",
    page_size=50,
    labelled_by="name",
    columns=[
        Column("name", "For", link=_url),
        Column("owner", "Owner"),
        Column("state", "State", searchable=False),
        Column(
            "made",
            "Made",
            kind="time",
            value=lambda row: row.world.made_at if row.world and row.world.sandbox else None,
        ),
        Column(
            "copy", "Look", template="teach/seeding/copy.html", sortable=False, searchable=False
        ),
    ],
    filters=[
        SelectFilter(
            "state",
            "Filter by state",
            tuple((one, one) for one in _STATES),
            _has_state,
            "All worlds",
        )
    ],
    empty=Empty("Nobody yet", "Each student who joins gets a world."),
)


def found_seeding(taught: TaughtClass, seeding_id: str) -> Seeding:
    """Return a seeding of the class; raises Http404."""
    rows = Seeding.objects.select_related("assignment", "course_class").defer("scenario")
    found = rows.filter(course_class=taught.course_class, public_id=seeding_id).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class SeedingView:
    """How far a seeding is; `left` is who lacks a world."""

    seeding: Seeding
    made: int
    left: int
    is_due: bool

    @property
    def wanted(self) -> int:
        return self.made + self.left

    @property
    def is_working(self) -> bool:
        return self.left > 0 and self.is_due

    @property
    def is_lost(self) -> bool:
        """Return whether it waits for an assignment that is gone."""
        return self.seeding.at_opening and self.seeding.assignment is None


def _view(seeding: Seeding, left: int) -> SeedingView:
    made = ClassWorld.objects.filter(seeding=seeding).exclude(sandbox=None).count()
    return SeedingView(seeding, made, left, is_due(seeding))


@class_page()
@require_safe
def seeding(request: HttpRequest, taught: TaughtClass, seeding_id: str) -> HttpResponse:
    """List the worlds with their owners; six queries, however many there are."""
    found = found_seeding(taught, seeding_id)
    worlds = ClassWorld.objects.filter(seeding=found).select_related(
        "team", "enrollment__user__profile", "enrollment__course_class", "sandbox__owner__profile"
    )
    lacking = without_world(found)
    rows = [ClassWorldRow(one, None, taught.names, taught.may_help) for one in worlds]
    rows += [ClassWorldRow(None, one, taught.names) for one in lacking]
    context: dict[str, Any] = {
        "view": _view(found, len(lacking)),
        "table": TABLE.view(request, rows),
    }
    with in_zone_of(taught.course_class):
        return render_class_page(request, "teach/seeding/seeding.html", taught, context)


@class_page()
@require_safe
def seeding_progress(request: HttpRequest, taught: TaughtClass, seeding_id: str) -> HttpResponse:
    """Show how far a seeding is: the part of its page that asks for itself, until all is there."""
    found = found_seeding(taught, seeding_id)
    view = _view(found, len(without_world(found)))
    if not view.is_working:
        return HttpResponseClientRefresh()
    context = {"view": view, "taught": taught, "course_class": taught.course_class}
    with in_zone_of(taught.course_class):
        return render(request, "teach/seeding/progress.html", context)
