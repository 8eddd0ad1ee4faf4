"""What every template of the console may use."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from console.signin.calls import calls_of
from console.signin.requests import visited


def console(request: HttpRequest) -> dict[str, Any]:
    """Return the console, and the calls of the page as a function of no arguments."""
    if not hasattr(request, "visit"):  # answered before the middleware came to it
        return {"console": None}
    return {"console": visited(request).console, "calls": partial(calls_of, request)}
