"""What a student does with an assignment: start, begin anew, hand in, take back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from console.classes.models import Assignment, Enrollment
from console.classes.todo import Assigned, assigned_to
from console.classes.work import (
    NotNow,
    attempt_on,
    begin_anew,
    begin_assigned,
    earlier_work,
    hand_in,
    take_back,
)
from console.pages.classes.listing import found_assignment, student_page
from console.ui.flash import flash_error, flash_success


def _assigned(enrollment: Enrollment, assignment: Assignment) -> Assigned:
    return next(one for one in assigned_to(enrollment) if one.assignment.pk == assignment.pk)


def _asked(
    request: HttpRequest, enrollment: Enrollment, assignment: Assignment, do: str
) -> HttpResponse:
    """Render the question before a step that counts."""
    context = {
        "course_class": enrollment.course_class,
        "one": _assigned(enrollment, assignment),
        "do": do,
    }
    return render(request, "classes/ask.html", context)


@require_http_methods(["GET", "POST"])
@student_page
def assignment_start(
    request: HttpRequest, enrollment: Enrollment, assignment_id: str
) -> HttpResponse:
    """Begin an assignment; who has begun its lab already is asked whether to go on with that."""
    assignment = found_assignment(enrollment, assignment_id)
    do, earlier = request.POST.get("do", ""), earlier_work(enrollment, assignment)
    begun = attempt_on(enrollment, assignment)
    new = begun is None or begun.waits
    timed = assignment.start_by_button and assignment.minutes
    if new and not do and (request.method == "GET" or earlier or timed):
        asks = "earlier" if earlier else "start"
        return _asked(request, enrollment, assignment, asks)
    try:
        attempt = begin_assigned(
            enrollment, assignment, go_on_with=earlier if new and do == "go-on" else None
        )
    except NotNow as refused:
        flash_error(request, str(refused))
        return redirect("my_class", enrollment.course_class.public_id)
    return redirect("attempt", attempt.public_id)


@require_http_methods(["GET", "POST"])
@student_page
def assignment_anew(
    request: HttpRequest, enrollment: Enrollment, assignment_id: str
) -> HttpResponse:
    """Ask first, then begin in a new world; the older one is kept."""
    assignment = found_assignment(enrollment, assignment_id)
    if request.method == "GET":
        return _asked(request, enrollment, assignment, "anew")
    try:
        attempt = begin_anew(enrollment, assignment)
    except NotNow as refused:
        flash_error(request, str(refused))
        return redirect("my_class", enrollment.course_class.public_id)
    return redirect("attempt", attempt.public_id)


@require_http_methods(["GET", "POST"])
@student_page
def assignment_hand_in(
    request: HttpRequest, enrollment: Enrollment, assignment_id: str
) -> HttpResponse:
    """Ask first, then hand in what is there now."""
    assignment = found_assignment(enrollment, assignment_id)
    attempt = attempt_on(enrollment, assignment)
    if attempt is None or attempt.waits:
        raise Http404
    if request.method == "GET":
        return _asked(request, enrollment, assignment, "hand-in")
    if hand_in(attempt):
        flash_success(request, "Handed in. Your teacher sees it.")
    else:
        flash_error(request, "It is already handed in or closed.")
    return redirect("my_class", enrollment.course_class.public_id)


@require_POST
@student_page
def assignment_take_back(
    request: HttpRequest, enrollment: Enrollment, assignment_id: str
) -> HttpResponse:
    """Go on after handing in."""
    attempt = attempt_on(enrollment, found_assignment(enrollment, assignment_id))
    if attempt is None or attempt.waits:
        raise Http404
    if not take_back(attempt):
        flash_error(request, "Work handed in here cannot be taken back.")
        return redirect("my_class", enrollment.course_class.public_id)
    flash_success(request, "You can continue. Hand in again before it closes.")
    return redirect("attempt", attempt.public_id)
