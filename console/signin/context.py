"""The context of every template."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from console.signin.calls import calls_of
from console.signin.console import visited
from console.signin.guests import guest_of


def console(request: HttpRequest) -> dict[str, Any]:
    """Return the console, a function that returns the page's calls, and the page's address.

    A switch of roles returns to the address: it is empty for the answer to a form.
    `guest` is the visitor's site user, if it is a guest.
    """
    if not hasattr(request, "visit"):  # answered before the middleware ran
        return {"console": None, "guest": None}
    found = request.resolver_match
    returnable = request.method == "GET" and found and found.url_name != "switchrole"
    return {
        "console": visited(request).console,
        "guest": guest_of(request),
        "calls": partial(calls_of, request),
        "page_here": request.get_full_path() if returnable else "",
    }
