"""A class's assignments in order, and labs added to them."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from console.classes.assignments import add_assignments, move_assignment
from console.classes.audit import Deed, note_action
from console.classes.models import Assignment, Mode, TeachingRole
from console.labs.catalog import known_labs
from console.labs.files import LabFile
from console.labs.tracks import Track, all_tracks
from console.pages.teach.assignments.forms import AddForm
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.pages.teach.classes.forms import in_zone_of
from console.ui.flash import flash_success


@dataclass(frozen=True)
class AssignmentRow:
    """An assignment in the list, with how many students have begun it and handed it in."""

    assignment: Assignment
    title: str
    begun: int
    handed_in: int

    @property
    def state(self) -> tuple[str, str]:
        """Return a status and its words: what students find now."""
        now, one = timezone.now(), self.assignment
        if one.opens and one.opens > now:
            return "pending", "Not open yet"
        if one.closes and one.closes <= now:
            return "stopped", "Closed"
        if one.due and one.due <= now:
            return "warning", "Past due"
        return "success", "Open"

    @property
    def is_exam(self) -> bool:
        return self.assignment.mode == Mode.EXAM


def title_of(assignment: Assignment, labs: dict[str, LabFile]) -> str:
    """Return the name of an assignment's lab; its slug once the lab is gone."""
    lab = labs.get(assignment.lab)
    return lab.title if lab else assignment.lab


def found_assignment(taught: TaughtClass, assignment_id: str) -> Assignment:
    """Return an assignment of the class; raises Http404."""
    rows = Assignment.objects.select_related("course_class", "version")
    found = rows.filter(course_class=taught.course_class, public_id=assignment_id).first()
    if found is None:
        raise Http404
    return found


@class_page()
@require_safe
def assignments(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Show the assignments with what students find, and when."""
    begun = Q(attempts__waits=False, attempts__set_aside=False)
    rows = taught.course_class.assignments.annotate(
        begun=Count("attempts", filter=begun),
        handed_in=Count("attempts", filter=begun & Q(attempts__terms__handed_in__isnull=False)),
    )
    labs = known_labs()
    shown = [AssignmentRow(one, title_of(one, labs), one.begun, one.handed_in) for one in rows]
    with in_zone_of(taught.course_class):
        return render_class_page(request, "teach/assignments/list.html", taught, {"rows": shown})


@dataclass(frozen=True)
class TrackChoice:
    """The labs of a track to choose from, with those that are assigned already."""

    track: Track
    labs: list[tuple[LabFile, bool]]


@class_page(TeachingRole.TEACHER)
@require_http_methods(["GET", "POST"])
def assignments_add(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Let a teacher choose labs by track, and assign them."""
    form = AddForm(request.POST if request.method == "POST" else None)
    tracks = all_tracks()
    if request.method == "POST" and form.is_valid():
        labs = {lab.slug: lab for track in tracks for lab in track.labs}
        chosen = [lab for slug, lab in labs.items() if slug in form.cleaned_data["labs"]]
        made = add_assignments(taught.course_class, chosen)
        names = ", ".join(lab.title for lab in chosen)
        note_action(taught.course_class, request.user, Deed.ASSIGNED_LABS, f"{names}.")
        if len(made) == 1:
            flash_success(request, f"{names} is assigned. Set its dates here.")
            return redirect("teach_assignment", taught.course_class.public_id, made[0].public_id)
        flash_success(request, f"{len(made)} labs are assigned. They are open now, without dates.")
        return redirect("teach_assignments", taught.course_class.public_id)
    known = set(taught.course_class.assignments.values_list("lab", flat=True))
    choices = [
        TrackChoice(track, [(lab, lab.slug in known) for lab in track.labs]) for track in tracks
    ]
    context = {"form": form, "choices": choices}
    status = 400 if form.errors else 200
    return render_class_page(request, "teach/assignments/add.html", taught, context, status)


@class_page(TeachingRole.TEACHER)
@require_POST
def assignment_move(request: HttpRequest, taught: TaughtClass, assignment_id: str) -> HttpResponse:
    assignment = found_assignment(taught, assignment_id)
    up = request.POST.get("do") == "up"
    move_assignment(assignment, up=up)
    way = "up" if up else "down"
    note_action(
        taught.course_class, request.user, Deed.REORDERED_ASSIGNMENTS, f"{assignment.lab} {way}."
    )
    return redirect("teach_assignments", taught.course_class.public_id)
