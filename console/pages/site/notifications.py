"""*Notifications*: the visitor's denied calls, and a session that is about to end."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from console.labs.rules import Tool
from console.signin.console import console_of
from console.signin.denials import own_denials
from console.signin.guard import console_page
from console.signin.lab_rules import rules_for
from console.ui.navigation import Crumb
from console.ui.times import time_left

_SOON = 900


@require_safe
@console_page
def notifications(request: HttpRequest) -> HttpResponse:
    """Show what the bell does: the menu asks for the list alone when it opens."""
    console = console_of(request)
    left = console.seconds_left
    ends_soon = console.caller.expires_at is not None and left < _SOON
    context = {
        "denials": own_denials(console),
        "explains": rules_for(request, console.sandbox).allows(Tool.WHY),
        "ends_in": time_left(left) if ends_soon else "",
        "breadcrumbs": (Crumb("Notifications"),),
    }
    fragment = "#list" if request.headers.get("HX-Request") else ""
    return render(request, f"site/notifications.html{fragment}", context)
