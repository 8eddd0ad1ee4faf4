"""The browser as a guest: a login that nobody typed, for 30 days."""

from collections.abc import Callable
from time import time
from typing import TypeVar

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from console.labs.guests import KEPT, new_guest, note_active

T = TypeVar("T")

_GUEST = "guest"
_NOTED_EVERY = 300
"""Seconds."""


def guest_of(request: HttpRequest) -> User | None:
    """Return the visitor's site user if it is a guest."""
    if _GUEST not in request.session or not isinstance(request.user, User):
        return None
    return request.user


def may_start(request: HttpRequest) -> bool:
    """Return whether the visitor may have a world made, as a site user or as a guest."""
    return settings.GUESTS or (request.user.is_authenticated and guest_of(request) is None)


def enter_as_guest(request: HttpRequest) -> User:
    """Let the browser be a guest from now on."""
    user = new_guest()
    login(request, user)
    request.session[_GUEST] = time()
    request.session.set_expiry(int(KEPT.total_seconds()))  # from each visit on
    return user


def take_session_along(request: HttpRequest, log_in: Callable[[], T]) -> T:
    """Log a guest in as somebody else, who goes on in the consoles that are open."""
    own = {k: v for k, v in request.session.items() if not k.startswith("_") and k != _GUEST}
    done = log_in()
    request.session.update(own)
    return done


def forget_guest(request: HttpRequest) -> None:
    """Let the session be that of a login like any other."""
    request.session.pop(_GUEST, None)
    request.session.set_expiry(None)


class GuestMiddleware:
    """Notes now and then that a guest is here: worlds that nobody uses give way to new ones."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note it, at most every five minutes; the session is kept from now on."""
        noted = request.session.get(_GUEST)
        if noted is not None and time() - noted > _NOTED_EVERY:
            guest = guest_of(request)
            if guest is not None:
                request.session[_GUEST] = time()
                note_active(guest)
        return self.get_response(request)
