"""A student's class page."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from console.classes.access import enrollment_of


@never_cache
@require_safe
def my_class(request: HttpRequest, class_id: str) -> HttpResponse:
    """Show what is due when."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    enrollment = enrollment_of(request.user, class_id)
    if enrollment is None:
        raise Http404
    context = {"course_class": enrollment.course_class, "enrollment": enrollment}
    return render(request, "classes/class.html", context)
