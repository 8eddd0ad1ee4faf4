"""The browser as a guest: a login that nobody typed, for 30 days by a cookie of its own."""

from collections.abc import Callable
from time import time
from typing import TypeVar

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponse

from console.labs.guests import KEPT, new_guest, note_active

T = TypeVar("T")

_GUEST = "guest"
_COOKIE = "rolecall_guest"
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


def _guest_behind(request: HttpRequest) -> User | None:
    """Return the guest whose cookie a browser without a session still has."""
    cookie = request.COOKIES.get(_COOKIE, "")
    if not cookie or SESSION_KEY in request.session:
        return None
    try:
        pk = signing.loads(cookie, salt=_COOKIE, max_age=KEPT)
    except signing.BadSignature:
        return None
    return User.objects.exclude(guest=None).filter(pk=pk).first()


class GuestMiddleware:
    """Keeps the browser's guest for 30 days from the last visit, also when the session has ended.

    Notes now and then that a guest is here: worlds that nobody uses give way to new ones.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the guest in again, and note the visit, at most every five minutes."""
        returning = _guest_behind(request)
        if returning is not None:
            login(request, returning)
            request.session[_GUEST] = 0
        noted = request.session.get(_GUEST)
        if noted is not None and time() - noted > _NOTED_EVERY:
            guest = guest_of(request)
            if guest is not None:
                request.session[_GUEST] = noted = time()
                note_active(guest)
        response = self.get_response(request)
        self._renew(request, response)
        return response

    @staticmethod
    def _renew(request: HttpRequest, response: HttpResponse) -> None:
        """Set the guest's cookie where the session is a guest's; else take it away."""
        has = _COOKIE in request.COOKIES
        if _GUEST not in request.session:
            if has:
                response.delete_cookie(_COOKIE)
        elif not has or request.session.modified:
            response.set_cookie(
                _COOKIE,
                signing.dumps(request.user.pk, salt=_COOKIE),
                max_age=KEPT,
                secure=request.is_secure(),
                httponly=True,
                samesite="Lax",
            )
