"""The page of an attempt: tasks, hints, whom to act as."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from console.labs.attempts import progress_of, use_hint
from console.labs.files import LabFile
from console.labs.models import Attempt
from console.pages.labs.attempt_views import attempt_view
from console.pages.labs.lookup import is_over, own_attempt, seen_attempt
from console.signin.local_paths import local_path
from console.signin.log_in_first import log_in_first
from console.signin.other_browsers import opened_worlds


@never_cache
@require_safe
def attempt(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """Show an attempt to its owner and to administrators; to the page itself its tasks alone."""
    if not request.user.is_authenticated and not opened_worlds(request):
        return log_in_first(request)
    found, lab = seen_attempt(request, attempt_id)
    if is_over(found):
        return _results(request, found, lab)
    view = attempt_view(request, found, lab)
    fragment = bool(request.headers.get("HX-Request"))
    template = "labs/attempt.html#lab" if fragment else "labs/attempt.html"
    return render(request, template, {"view": view, "fragment": fragment})


def _results(request: HttpRequest, attempt: Attempt, lab: LabFile) -> HttpResponse:
    """Show what is left of an attempt whose world is gone, or asleep: its results."""
    owned = attempt.owner_id == request.user.pk
    context = {
        "attempt": attempt,
        "lab": lab,
        "owned": owned,
        "progress": progress_of(attempt, lab),
        "most": sum(task.points for task in lab.tasks),
    }
    return render(request, "labs/over.html", context)


@require_POST
def attempt_hint(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """Show the next hint of a task."""
    attempt, lab = own_attempt(request, attempt_id)
    task, number = request.POST.get("task", ""), request.POST.get("number", "")
    if not (number.isascii() and number.isdigit() and len(number) < 3):
        raise Http404
    if not use_hint(attempt, lab, task, int(number), request.user.pk):
        raise Http404
    back = local_path(request.POST.get("next", ""))
    return redirect(back or f"{reverse('attempt', args=[attempt_id])}#task-{task}")
