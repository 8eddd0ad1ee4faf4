"""The session timeline: of an account, of a user or role, and of whoever looks at it."""

from collections.abc import Callable, Collection
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.calls import CallResult, refusal_of
from console.pages.cloudtrail.frame import cloudtrail_frame
from console.pages.cloudtrail.session_lanes import session_timeline, session_views
from console.services.cloudtrail.session_history import (
    MOST_SESSIONS,
    SessionHistory,
    own_sessions,
    sessions_seen_by,
)
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.navigation import Crumb
from console.ui.tabs import Tab
from iam.wire.errors import AwsError

TAB = Tab("sessions", "Sessions")


def _part(
    request: HttpRequest, read: Callable[[], SessionHistory], here: Collection[str] = ()
) -> dict[str, Any]:
    console = console_of(request)
    try:
        history = read()
    except AwsError as error:
        return {"refused": refusal_of(console.caller, error)}
    return {
        "refused": CallResult(),
        "timeline": session_timeline(history, console.account_id),
        "sessions": session_views(history, console.account_id, here),
        "most": MOST_SESSIONS,
    }


def sessions_part(request: HttpRequest, name: str, *, is_role: bool) -> dict[str, Any]:
    """Return what the tab *Sessions* of a user or role shows to who may look up events."""
    caller = console_of(request).caller
    return _part(request, lambda: sessions_seen_by(caller).about(name, is_role=is_role))


@console_page
def cloudtrail_sessions(request: HttpRequest) -> HttpResponse:
    """Show the sessions of the account."""
    caller = console_of(request).caller
    context = _part(request, lambda: sessions_seen_by(caller))
    frame = cloudtrail_frame([("Session timeline", "")])
    return render(request, "cloudtrail/sessions.html", {**frame, **context})


@console_page
def my_sessions(request: HttpRequest) -> HttpResponse:
    """Show the sessions of the identity that signed in, which needs no permission."""
    console = console_of(request)
    context = _part(
        request,
        lambda: own_sessions(console.caller, console.principal_ids),
        console.identities,
    )
    frame = {"breadcrumbs": (Crumb("Session timeline"),), "help_topic": "session-timeline"}
    return render(request, "cloudtrail/sessions.html", {**frame, **context, "own": True})
