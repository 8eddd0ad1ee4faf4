"""The API calls of a page for its panel; the calls of a form are shown on the next page."""

from typing import Any

from django.http import HttpRequest

from console.signin.console import visited
from iam.callers import PerformedCall
from iam.wire.command_line import cli_line

_KEPT = "calls"
_MOST = 20


def _shown(outcome: PerformedCall) -> dict[str, Any]:
    return {
        "operation": outcome.operation,
        "outcome": outcome.error_code or "Success",
        "error": outcome.error_message,
        "event_id": str(outcome.event_id) if outcome.event_id else "",
        "cli": cli_line(outcome.operation, outcome.params),
    }


def keep_calls(request: HttpRequest) -> None:
    """Keep the calls of a form for the page that follows it."""
    outcomes, shown = visited(request).visit.outcomes, visited(request).calls_shown
    if request.method == "POST" and outcomes and shown is None:
        request.session[_KEPT] = [_shown(one) for one in outcomes[-_MOST:]]


def keep_shown_calls(request: HttpRequest) -> None:
    """Keep the calls of a page that is not shown after all for the one in its place."""
    request.session[_KEPT] = calls_of(request)[-_MOST:]


def calls_of(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the calls to show on a page: those of the form before it, then the page's own."""
    page = visited(request)
    if page.calls_shown is None:
        earlier = request.session.pop(_KEPT, []) if _KEPT in request.session else []
        page.calls_shown = [*earlier, *(_shown(one) for one in page.visit.outcomes[-_MOST:])]
    return page.calls_shown
