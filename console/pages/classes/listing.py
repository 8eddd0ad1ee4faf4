"""A student's class page: what is due when, and the points so far."""

from collections.abc import Callable
from decimal import Decimal
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from console.classes.access import enrollment_of
from console.classes.models import Assignment, Enrollment
from console.classes.retention import ending_of
from console.classes.seeding.access import number_to_come, worlds_of
from console.classes.todo import assigned_to
from console.signin.log_in_first import log_in_first


def student_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view run for a student of the class only; it gets the enrollment for the class's ID."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, class_id: str, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return log_in_first(request)
        enrollment = enrollment_of(request.user, class_id)
        if enrollment is None:
            raise Http404
        with timezone.override(enrollment.course_class.time_zone):
            return view(request, enrollment, **kwargs)

    return guarded


def found_assignment(enrollment: Enrollment, assignment_id: str) -> Assignment:
    """Return an assignment of the student's class; raises Http404."""
    rows = Assignment.objects.select_related("course_class", "version")
    found = rows.filter(course_class=enrollment.course_class_id, public_id=assignment_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
@student_page
def my_class(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    """Show what is due when, in the class's zone, and the points so far."""
    rows = assigned_to(enrollment)
    shown = [one for one in rows if one.points is not None]
    counted = [one for one in shown if one.assignment.counts]
    context = {
        "course_class": enrollment.course_class,
        "enrollment": enrollment,
        "rows": rows,
        "ending": ending_of(enrollment.course_class),
        "points": sum((one.points or Decimal() for one in counted or shown), Decimal()),
        "most": sum(one.score.most for one in counted or shown),
        "practice": "Practice does not count." if counted else "All is practice.",
        "worlds": worlds_of(enrollment),
        "coming": number_to_come(enrollment),
    }
    return render(request, "classes/class.html", context)
