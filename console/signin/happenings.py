"""What the site sees of a student: noted in a request, and checked by the lab when it has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django_htmx.http import trigger_client_event

from console.labs.checks import Happening
from console.labs.visits import after_visit
from console.signin.console import Console, VisitedRequest, visited

if TYPE_CHECKING:
    from iam.models import Sandbox

PROGRESS = "rolecall:progress"
"""What a drawer that is open listens to: there may be news."""


def note(request: HttpRequest, name: str, text: str = "") -> None:
    """Note what whoever acts in the console has done."""
    page = visited(request)
    if page.console is not None:
        page.happenings.append(Happening(name, page.console.caller.principal_id, text))


def note_sign_in(request: HttpRequest, sandbox: Sandbox, principal_id: str) -> None:
    """Note that somebody has signed in to the console of a sandbox."""
    page = visited(request)
    page.entered = sandbox
    page.happenings.append(Happening("ConsoleLogin", principal_id))


def note_page(page: VisitedRequest, response: HttpResponse) -> None:
    """Note a page that was shown; let the drawer of one that changed something ask for news."""
    if page.console is None or not page.console.sandbox.lab:
        return
    if page.headers.get("HX-Request"):
        if page.visit.wrote:
            trigger_client_event(response, PROGRESS, {})
    elif page.method == "GET" and response.status_code == 200:
        note(page, "PageVisited", page.path_info)


def check_again(page: VisitedRequest) -> None:
    console: Console | None = getattr(page, "console", None)
    sandbox = page.entered or (console.sandbox if console else None)
    if sandbox is not None:
        after_visit(sandbox, page.visit, page.happenings, member=page.user.pk)
