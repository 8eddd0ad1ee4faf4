"""What every template of the console may use."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from console.signin.calls import calls_of
from console.signin.console import visited


def console(request: HttpRequest) -> dict[str, Any]:
    """Return the console, the page's calls as a function of no arguments, and its address.

    That is where a switch of roles leads back to: empty for what a form was answered with.
    """
    if not hasattr(request, "visit"):  # answered before the middleware came to it
        return {"console": None}
    found = request.resolver_match
    returnable = request.method == "GET" and found and found.url_name != "switchrole"
    return {
        "console": visited(request).console,
        "calls": partial(calls_of, request),
        "page_here": request.get_full_path() if returnable else "",
    }
