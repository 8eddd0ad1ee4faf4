"""Worlds that somebody opened to this browser from another one: no login, and nothing beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from console.labs.attempts import open_link, sandboxes_behind
from console.labs.attempts.other_browsers import BROWSER_LASTS
from console.signin.shared_computers import is_shared

if TYPE_CHECKING:
    from console.signin.console import VisitedRequest

_KEYS = "open_worlds"
_MOST = 10


def opened_worlds(request: HttpRequest) -> frozenset[int]:
    """Return the sandboxes that are open to this browser; one query, if any ever was."""
    keys: list[str] = request.session.get(_KEYS, [])
    if not keys:
        return frozenset()
    visit = cast("VisitedRequest", request).visit
    return visit.remember("opened worlds", lambda: sandboxes_behind(keys))


def open_world(request: HttpRequest, token: str) -> bool:
    """Open the world of a link to this browser; return False for a link that was used."""
    key = open_link(token)
    if not key:
        return False
    keys = [*request.session.get(_KEYS, []), key]
    request.session.cycle_key()
    request.session[_KEYS] = keys[-_MOST:]
    if not is_shared(request):
        request.session.set_expiry(int(BROWSER_LASTS.total_seconds()))
    return True
