"""A world that a class gave a student, with the identities to sign in as."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from console.classes.models import Enrollment
from console.classes.seeding.access import worlds_of
from console.labs.open_sandboxes import shown_sandbox
from console.pages.classes.listing import student_page


@require_safe
@student_page
def my_world(request: HttpRequest, enrollment: Enrollment, world_id: str) -> HttpResponse:
    """Show whom the student can sign in as in a world of the class."""
    world = worlds_of(enrollment).filter(public_id=world_id).first()
    if world is None or world.sandbox is None:
        raise Http404
    context = {
        "course_class": enrollment.course_class,
        "world": world,
        "worlds": [shown_sandbox(world.sandbox)],
    }
    return render(request, "classes/world.html", context)
