"""What a student does to the world of an attempt: *Undo*, *Start again*."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from console.labs.attempts import begin_task, start_again, undo_last
from console.labs.models import Attempt
from console.labs.rules import Tool
from console.pages.labs.lookup import own_attempt
from console.signin.guard import withheld_page
from console.signin.lab_rules import rules_for
from console.signin.local_paths import local_path
from console.ui.flash import flash_error, flash_success


def _is_frozen(attempt: Attempt) -> bool:
    return attempt.sandbox.is_frozen(timezone.now())


@require_POST
def attempt_undo(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """Undo the write that the page showed as the last one."""
    attempt, _ = own_attempt(request, attempt_id)
    step = request.POST.get("step", "")
    known = step.isascii() and step.isdigit() and len(step) < 19 and not _is_frozen(attempt)
    undone = undo_last(attempt, int(step)) if known else None
    if undone is None:
        flash_error(request, "Nothing was undone: there is a newer change.")
    else:
        flash_success(request, f"Undone: {undone}.")
    return redirect(
        local_path(request.POST.get("next", "")) or reverse("attempt", args=[attempt_id])
    )


@never_cache
@require_http_methods(["GET", "POST"])
def attempt_restart(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """*Start again*: ask first, then bring the lab's world back to its start."""
    attempt, lab = own_attempt(request, attempt_id)
    ruling = rules_for(request, attempt.sandbox).allows(Tool.RESTART)
    if not ruling:
        return withheld_page(request, ruling, reverse("attempt", args=[attempt_id]))
    if request.method == "POST":
        start_again(attempt.sandbox)
        flash_success(request, "The lab's world is as it was at the start.")
        return redirect("attempt", attempt_id)
    return render(request, "labs/restart.html", {"attempt": attempt, "lab": lab})


@never_cache
@require_http_methods(["GET", "POST"])
def attempt_begin(request: HttpRequest, attempt_id: str, task_id: str) -> HttpResponse:
    """*Begin from the original world*: ask first, then bring it back for a task."""
    attempt, lab = own_attempt(request, attempt_id)
    task = next((one for one in lab.tasks if one.id == task_id), None)
    if task is None:
        raise Http404
    if request.method == "POST":
        if not _is_frozen(attempt) and begin_task(attempt, lab, task_id):
            flash_success(request, "The lab's world is as it was at the start.")
        else:
            flash_error(request, "This task does not begin from the original world now.")
        return redirect("attempt", attempt_id)
    return render(request, "labs/restart.html", {"attempt": attempt, "lab": lab, "task": task})
