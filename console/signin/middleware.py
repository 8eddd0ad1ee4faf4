"""Every request's visit and console; console URLs also work under /c/<id>/."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix

from console.signin.access import may_open
from console.signin.calls import keep_calls
from console.signin.console import Console, open_console
from console.signin.state import ConsoleStore
from iam.callers import Origin, Visit
from iam.trail import end_visit
from iam.wire.errors import AwsError

_PREFIXED = re.compile(r"/c/([a-z0-9]{8})(/.*)", re.DOTALL)


def origin_of(request: HttpRequest) -> Origin:
    """Return where a request comes from, as the simulated AWS sees it."""
    return Origin(
        received_at=datetime.now(UTC),
        source_ip=request.META.get("REMOTE_ADDR") or "127.0.0.1",
        user_agent=request.headers.get("User-Agent", "")[:256] or "unknown",
        via_console=True,
    )


class ConsoleMiddleware:
    """Gives a request its `visit`, `origin`, `console` (or None) and `signed_out` (why there is none)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request, then write the events of its visit."""
        before = get_script_prefix()
        prefixed = _PREFIXED.fullmatch(request.path_info)
        if prefixed:
            request.path_info = prefixed[2]
            set_script_prefix(f"{before}c/{prefixed[1]}/")
        request.visit, request.origin = Visit(), origin_of(request)  # type: ignore[attr-defined]
        try:
            self._open(request, prefixed[1] if prefixed else "")
            response = self.get_response(request)
            keep_calls(request)
            return response
        finally:
            set_script_prefix(before)
            end_visit(request.visit)  # type: ignore[attr-defined]

    def _open(self, request: HttpRequest, named: str) -> None:
        store = ConsoleStore(request.session)
        console_id = named if named in store.ids() else ("" if named else store.current())
        console: Console | None = None
        signed_out = "This session is signed out." if named and not console_id else ""
        if console_id:
            try:
                console = open_console(
                    request,
                    store,
                    console_id,
                    request.origin,  # type: ignore[attr-defined]
                    request.visit,  # type: ignore[attr-defined]
                )
            except AwsError as error:
                store.sign_out(console_id)
                signed_out = _why_signed_out(error)
        if console is not None and not may_open(request, console.sandbox):
            console, signed_out = None, "Log in to the site to open this sandbox."
        request.console, request.signed_out = console, signed_out  # type: ignore[attr-defined]


def _why_signed_out(error: AwsError) -> str:
    if error.code == "ExpiredToken":
        return "Your sign-in has ended: its 12 hours are over. Sign in again."
    return (
        "Your sign-in has ended: the user is gone, or the sandbox was started again. Sign in again."
    )
