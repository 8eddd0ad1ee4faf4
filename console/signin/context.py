"""What every template of the console may use."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from console.signin.calls import calls_of
from console.signin.console import Console
from console.signin.state import ConsoleStore


def console(request: HttpRequest) -> dict[str, Any]:
    """Return the console, and the calls of the page as a function of no arguments."""
    found: Console | None = getattr(request, "console", None)
    if not hasattr(request, "visit"):
        return {"console": None}
    return {
        "console": found,
        "calls": partial(calls_of, request),
        "console_count": len(ConsoleStore(request.session).ids()) if found else 0,
    }
