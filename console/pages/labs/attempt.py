"""The page of an attempt: tasks, hints, whom to act as."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from console.labs.attempts import use_hint
from console.pages.labs.attempt_views import attempt_view
from console.pages.labs.lookup import found_attempt, own_attempt
from console.signin.other_browsers import opened_worlds
from console.signin.views.completion import local_path


@never_cache
@require_safe
def attempt(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """Show an attempt to its owner and to the staff; to the page itself its tasks alone."""
    if not request.user.is_authenticated and not opened_worlds(request):
        return redirect_to_login(request.get_full_path())
    view = attempt_view(request, *found_attempt(request, attempt_id))
    fragment = bool(request.headers.get("HX-Request"))
    template = "labs/attempt.html#lab" if fragment else "labs/attempt.html"
    return render(request, template, {"view": view, "fragment": fragment})


@require_POST
def attempt_hint(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """Show the next hint of a task."""
    attempt, lab = own_attempt(request, attempt_id)
    task, number = request.POST.get("task", ""), request.POST.get("number", "")
    if not (number.isascii() and number.isdigit() and len(number) < 3):
        raise Http404
    if not use_hint(attempt, lab, task, int(number)):
        raise Http404
    back = local_path(request.POST.get("next", ""))
    return redirect(back or f"{reverse('attempt', args=[attempt_id])}#task-{task}")
