"""The owner's pages: restarting the sandbox, and moving its clock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.labs.attempts import attempt_in, start_again
from console.labs.open_sandboxes import open_sandbox
from console.labs.rules import Tool
from console.labs.sandboxes import ClockRefused, move_clock
from console.pages.site.return_address import came_from
from console.signin.console import console_of
from console.signin.guard import console_page, needs, withheld_page
from console.signin.happenings import note
from console.signin.lab_rules import rules_for
from console.signin.other_browsers import opened_worlds
from console.ui.flash import flash_success

if TYPE_CHECKING:
    from iam.models import Sandbox

STEPS = (
    ("15m", "15 minutes", timedelta(minutes=15)),
    ("1h", "1 hour", timedelta(hours=1)),
    ("12h", "12 hours", timedelta(hours=12)),
    ("1d", "1 day", timedelta(days=1)),
    ("30d", "30 days", timedelta(days=30)),
    ("90d", "90 days", timedelta(days=90)),
)


@require_http_methods(["GET", "POST"])
@console_page
@needs(Tool.CLOCK)
def sandbox_clock(request: HttpRequest) -> HttpResponse:
    """Show the sandbox's clock, and move it forward."""
    console = console_of(request)
    error, refused = "", request.method == "POST" and not console.may_run
    if request.method == "POST" and not refused:
        steps = {key: (label, step) for key, label, step in STEPS}
        label, step = steps.get(request.POST.get("step", ""), ("", timedelta()))
        try:
            move_clock(console.sandbox, step)
        except ClockRefused as too_far:
            error = str(too_far)
        else:
            note(request, "ClockMoved", label)
            flash_success(request, f"The sandbox's clock was moved forward by {label}.")
            return redirect(request.get_full_path())
    back = came_from(request)
    context = {"steps": STEPS, "error": error, "now": console.caller.now, "back": back}
    status = 403 if refused else 400 if error else 200
    return render(request, "site/clock.html", context, status=status)


@require_http_methods(["GET", "POST"])
@console_page
@needs(Tool.RESTART)
def sandbox_restart(request: HttpRequest) -> HttpResponse:
    """*Start again*: reload the scenario. Everybody in the sandbox is signed out."""
    console = console_of(request)
    if request.method == "POST" and console.may_run:
        return _started_again(request, console.sandbox)
    status = 403 if request.method == "POST" else 200
    return render(request, "site/restart.html", status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def world_restart(request: HttpRequest, pk: int) -> HttpResponse:
    """*Start again* on the start page, for a visitor who is locked out of every identity."""
    sandbox = open_sandbox(request.user, pk)
    if sandbox is None:
        raise Http404
    ruling = rules_for(request, sandbox).allows(Tool.RESTART)
    if not ruling:
        return withheld_page(request, ruling)
    if request.method == "POST":
        return _started_again(request, sandbox)
    return render(request, "site/world_restart.html", {"sandbox": sandbox})


def _started_again(request: HttpRequest, sandbox: Sandbox) -> HttpResponse:
    start_again(sandbox)
    flash_success(request, "The sandbox was started again. Its users have their first passwords.")
    attempt = attempt_in(request.user, sandbox.pk, opened_worlds(request))
    return redirect("attempt", attempt.public_id) if attempt else redirect("start")
