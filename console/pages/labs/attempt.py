"""The page of an attempt: tasks, hints, whom to act as."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from console.labs.attempts import (
    last_writes,
    progress_of,
    solution_steps,
    use_hint,
    values_of,
)
from console.labs.files import LabFile
from console.labs.models import Attempt
from console.pages.labs.finding import found_attempt, own_attempt
from console.pages.labs.markdown import as_html
from console.pages.labs.task_views import entry_views, task_views, version_of


def _context(request: HttpRequest, attempt: Attempt, lab: LabFile) -> dict[str, Any]:
    progress, values = progress_of(attempt, lab), values_of(attempt, lab)
    finished, writes = progress.finished, last_writes(attempt)
    return {
        "attempt": attempt,
        "lab": lab,
        "own": attempt.owner_id == request.user.pk,
        "progress": progress,
        "version": version_of(progress, writes),
        "tasks": task_views(lab, progress, values),
        "most_points": sum(task.points for task in lab.tasks),
        "entries": entry_views(lab, progress, values),
        "accounts": {name: values[name] for name in lab.world["accounts"] if name in values},
        "debrief": as_html(lab.texts[lab.debrief], values) if finished else "",
        "writes": writes,
        "solution": solution_steps(lab, values) if finished else [],
    }


@never_cache
@require_safe
def attempt(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """Show an attempt to its owner and to the staff."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return render(
        request, "labs/attempt.html", _context(request, *found_attempt(request, attempt_id))
    )


@never_cache
@require_safe
def attempt_drawer(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """Return the tasks alone, or 204 if the page that asks has them as they are."""
    attempt, lab = found_attempt(request, attempt_id)
    context = _context(request, attempt, lab)
    if request.GET.get("version") == context["version"]:
        return HttpResponse(status=204)
    return render(request, "labs/attempt.html#drawer", {**context, "fragment": True})


@require_POST
def attempt_hint(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """Show the next hint of a task."""
    attempt, lab = own_attempt(request, attempt_id)
    task, number = request.POST.get("task", ""), request.POST.get("number", "")
    if not (number.isascii() and number.isdigit() and len(number) < 3):
        raise Http404
    if not use_hint(attempt, lab, task, int(number)):
        raise Http404
    response = redirect("attempt", attempt_id)
    response["Location"] += f"#task-{task}"
    return response
