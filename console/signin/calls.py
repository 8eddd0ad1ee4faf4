"""The API calls of a page, as its panel shows them; those of a form wait for the next page."""

from typing import Any

from django.http import HttpRequest

from iam.callers import Outcome, Visit
from iam.wire.command_line import cli_line

_KEPT = "calls"
_MOST = 20


def _shown(outcome: Outcome) -> dict[str, Any]:
    return {
        "operation": outcome.operation,
        "outcome": outcome.error_code or "Success",
        "error": outcome.error_message,
        "event_id": str(outcome.event_id) if outcome.event_id else "",
        "cli": cli_line(outcome.operation, outcome.params),
    }


def keep_calls(request: HttpRequest) -> None:
    """Keep the calls of a form for the page that follows it."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    if request.method == "POST" and visit.outcomes and not hasattr(request, "calls_shown"):
        request.session[_KEPT] = [_shown(one) for one in visit.outcomes[-_MOST:]]


def calls_of(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the calls to show on a page: those of the form before it, then its own."""
    shown: list[dict[str, Any]] | None = getattr(request, "calls_shown", None)
    if shown is not None:
        return shown
    visit: Visit = request.visit  # type: ignore[attr-defined]
    earlier: list[dict[str, Any]] = (
        request.session.pop(_KEPT, []) if _KEPT in request.session else []
    )
    shown = [*earlier, *(_shown(one) for one in visit.outcomes[-_MOST:])]
    request.calls_shown = shown  # type: ignore[attr-defined]
    return shown
