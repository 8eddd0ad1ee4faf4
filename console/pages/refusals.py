"""A page in the place of one that cannot be shown."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.calls import CallResult

_NOT_THERE = {
    "NoSuchEntity",
    "ValidationError",
    "InvalidInput",
    "InvalidInstanceID.NotFound",
    "InvalidInstanceID.Malformed",
}
_FORBIDDEN = 403


def _heading(result: CallResult) -> tuple[str, int]:
    """Return the page's title and its HTTP status."""
    status = result.error.status if result.error else _FORBIDDEN
    if result.code in _NOT_THERE:
        return "Not found", 404
    return ("Access denied" if status == _FORBIDDEN else "Not possible"), status


def refused_page(
    request: HttpRequest,
    result: CallResult,
    frame: Callable[[str], dict[str, Any]],
    back: str,
) -> HttpResponse:
    """Show why a page cannot be shown; `frame` returns the frame's context for a title."""
    title, status = _heading(result)
    context = {**frame(title), "result": result, "heading": title, "back": back}
    return render(request, "refused.html", context, status=status)
