"""The context of every template."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from console.classes.access import enrollments_of
from console.labs.administrators import is_administrator
from console.labs.site_users import is_instructor
from console.signin.calls import calls_of
from console.signin.console import Console, visited
from console.signin.guests import guest_of
from console.signin.sign_up import may_sign_up_by_code
from console.ui.markup import countdown, moment
from console.ui.times import time_left

_SOON = 300


def _time_left(console: Console | None) -> dict[str, Any]:
    """Return when the active session ends, for the account menu and for its button."""
    if console is None:
        return {}
    seconds, ends = console.seconds_left, moment(console.caller.expires_at)
    left = time_left(seconds)
    return {
        "session_end": ends + SafeString(" ") + countdown(seconds, f"{left} left"),
        "session_soon_over": countdown(seconds, left, only_below=_SOON),
    }


def console(request: HttpRequest) -> dict[str, Any]:
    """Return the console, a function that returns the page's calls, and the page's address.

    A switch of roles returns to the address: it is empty for the answer to a form.
    `session_end` and `session_soon_over` show what is left of the active session.
    `guest` is the visitor's site user, if it is a guest, who `may_keep` the work under a login.
    `teaches` returns whether the visitor may teach, `administers` whether they administer the site,
    `learns` whether they are in a class.
    """
    if not hasattr(request, "visit"):  # answered before the middleware ran
        return {"console": None, "guest": None, "may_keep": False}
    found = request.resolver_match
    returnable = request.method == "GET" and found and found.url_name != "switchrole"
    guest = guest_of(request)
    return {
        "console": visited(request).console,
        "guest": guest,
        "may_keep": guest is not None and may_sign_up_by_code(),
        "teaches": partial(is_instructor, request.user),
        "administers": partial(is_administrator, request.user),
        "learns": lambda: enrollments_of(request.user).exists(),
        "calls": partial(calls_of, request),
        **_time_left(visited(request).console),
        "page_here": request.get_full_path() if returnable else "",
    }
