"""The middleware that sets a request's visit and console; URLs also work under /c/<id>/."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix

from console.signin.access import may_open
from console.signin.calls import keep_calls
from console.signin.console import (
    Console,
    VisitedRequest,
    identities_of,
    open_console,
    visited,
)
from console.signin.happenings import check_again, note_page
from console.signin.lab_rules import why_fenced
from console.signin.state import ConsoleStore
from iam.callers import Origin, Visit
from iam.trail import end_visit
from iam.wire.errors import AwsError

_PREFIXED = re.compile(r"/c/([a-z0-9]{8})(/.*)", re.DOTALL)


def origin_of(request: HttpRequest) -> Origin:
    """Return the origin of a request, as the simulated AWS sees it."""
    return Origin(
        received_at=datetime.now(UTC),
        source_ip=request.META.get("REMOTE_ADDR") or "127.0.0.1",
        user_agent=request.headers.get("User-Agent", "")[:256] or "unknown",
        via_console=True,
    )


class ConsoleMiddleware:
    """Gives a request the attributes of a VisitedRequest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request, then write the events of its visit and check the lab that it is of."""
        before = get_script_prefix()
        prefixed = _PREFIXED.fullmatch(request.path_info)
        if prefixed:
            request.path_info = prefixed[2]
            set_script_prefix(f"{before}c/{prefixed[1]}/")
        page = visited(request)
        page.visit, page.origin, page.calls_shown = Visit(), origin_of(request), None
        page.happenings, page.entered = [], None
        try:
            page.console, page.signed_out = self._open(page, prefixed[1] if prefixed else "")
            response = self.get_response(request)
            keep_calls(request)
            note_page(page, response)
            return response
        finally:
            set_script_prefix(before)
            end_visit(page.visit)
            check_again(page)

    def _open(self, request: VisitedRequest, named: str) -> tuple[Console | None, str]:
        """Return the console of a request, or why it has ended."""
        store = ConsoleStore(request.session)
        if named and named not in store.ids():
            return None, "This session is signed out."
        console_id = named or store.current()
        if not console_id:
            return None, ""
        try:
            console = open_console(request, store, console_id)
        except AwsError as error:
            why = _why_signed_out(error)
            store.note_end(identities_of(store, console_id), why)
            store.sign_out(console_id)
            return None, why
        if not may_open(request, console.sandbox):
            return None, "Log in to the site to open this sandbox."
        fenced = why_fenced(request, console)
        if fenced:
            store.sign_out(console_id)
            return None, f"This sign-in is no longer part of the lab. {fenced}"
        store.act_in(console.sandbox.pk if console.sandbox.lab else 0)
        return console, ""


def _why_signed_out(error: AwsError) -> str:
    if error.code == "ExpiredToken":
        return "Your sign-in has ended: its time is up. Sign in again."
    return (
        "Your sign-in has ended: the user is gone, or the sandbox was started again. Sign in again."
    )
