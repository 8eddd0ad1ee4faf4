"""A request as the console's middleware leaves it, with the types of what it put there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest

if TYPE_CHECKING:
    from console.signin.console import Console
    from iam.callers import Origin, Visit


class VisitedRequest(HttpRequest):
    """A request with its visit, its origin and, if somebody is signed in, its console.

    `signed_out` says why a console is honoured no more; `calls_shown` are the API calls of the
    page once it has shown them.
    """

    visit: Visit
    origin: Origin
    console: Console | None
    signed_out: str
    calls_shown: list[dict[str, Any]] | None


def visited(request: HttpRequest) -> VisitedRequest:
    """Return the request under the type that names what the middleware put there."""
    return cast("VisitedRequest", request)
