"""What a teacher does with selected students."""

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from console.classes.access import taught_class
from console.classes.audit import Deed, note_action, note_actions
from console.classes.jobs import expect_students, hash_cards
from console.classes.models import Enrollment, TeachingRole
from console.classes.roster.cards import make_cards
from console.classes.roster.removal import bring_back, move_student, remove_students
from console.classes.teams import set_team, team_of_name
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.pages.teach.roster.forms import StudentForm, TeamForm
from console.ui.flash import flash_error, flash_success, flash_warning

Selected = Sequence[Enrollment]


def _names(taught: TaughtClass, enrollments: Selected) -> str:
    shown = [taught.name_of(one) for one in enrollments[:5]]
    more = len(enrollments) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _reset(request: HttpRequest, taught: TaughtClass, selected: Selected) -> None:
    make_cards(selected)
    hash_cards.enqueue()
    note_actions(taught.course_class, request.user, Deed.RESET_A_LOGIN, selected)
    flash_success(request, f"New passwords for {_names(taught, selected)}. Print their cards.")


def _remove(request: HttpRequest, taught: TaughtClass, selected: Selected) -> None:
    remove_students(selected)
    note_actions(taught.course_class, request.user, Deed.REMOVED_A_STUDENT, selected)
    flash_success(request, f"No longer in the class: {_names(taught, selected)}. Their work stays.")


def _bring_back(request: HttpRequest, taught: TaughtClass, selected: Selected) -> None:
    bring_back(selected)
    expect_students(taught.course_class)
    note_actions(taught.course_class, request.user, Deed.BROUGHT_A_STUDENT_BACK, selected)
    flash_success(request, f"Back in the class, with all their work: {_names(taught, selected)}.")


def _team(request: HttpRequest, taught: TaughtClass, selected: Selected) -> None:
    form = TeamForm(request.POST)
    if not form.is_valid():
        flash_error(request, "A team's name has up to 80 characters.")
        return
    name = form.cleaned_data["team"]
    set_team(selected, team_of_name(taught.course_class, name) if name else None)
    expect_students(taught.course_class)
    note_actions(taught.course_class, request.user, Deed.SET_A_TEAM, selected, name or "none")
    flash_success(request, f"Team of {_names(taught, selected)}: {name or 'none'}.")


def _move(request: HttpRequest, taught: TaughtClass, selected: Selected) -> None:
    found = taught_class(request.user, request.POST.get("class", ""), TeachingRole.TEACHER)
    if found is None:
        flash_error(request, "Choose the class that they move to.")
        return
    moved = [one for one in selected if move_student(one, found[0])]
    left = [one for one in selected if one not in moved]
    if moved:
        expect_students(found[0])
        note_actions(
            taught.course_class, request.user, Deed.MOVED_A_STUDENT, moved, f"To {found[0]}."
        )
        note_action(found[0], request.user, Deed.TOOK_STUDENTS_IN, f"{_names(taught, moved)}.")
        flash_success(request, f"Moved {_names(taught, moved)} to {found[0]}.")
    if left:
        flash_warning(
            request, f"{_names(taught, left)}: {found[0]} already has them, or their reference."
        )


ACTIONS: dict[str, Callable[[HttpRequest, TaughtClass, Selected], None]] = {
    "reset": _reset,
    "remove": _remove,
    "return": _bring_back,
    "team": _team,
    "move": _move,
}


@class_page()
@require_http_methods(["GET", "POST"])
def student_edit(request: HttpRequest, taught: TaughtClass, student_id: str) -> HttpResponse:
    """Show and change what is known of a student."""
    rows = Enrollment.objects.filter(course_class=taught.course_class, public_id=student_id)
    enrollment = rows.select_related("user__profile").first()
    if enrollment is None:
        raise Http404
    posted = request.POST if request.method == "POST" and taught.may_change else None
    form = StudentForm(posted, instance=enrollment)
    if posted is not None and form.is_valid():
        form.stored()
        note_action(
            taught.course_class, request.user, Deed.CHANGED_A_STUDENT, enrollment=enrollment
        )
        flash_success(request, "The student is saved.")
        return redirect("teach_roster", taught.course_class.public_id)
    context = {
        "form": form,
        "enrollment": enrollment,
        "name": taught.name_of(enrollment),
    }
    status = 400 if form.errors else 200
    return render_class_page(request, "teach/roster/student.html", taught, context, status)
