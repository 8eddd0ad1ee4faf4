"""*Log out everywhere*: the sessions of a site user end, in whatever browser they are."""

from collections.abc import Callable
from time import time
from typing import Any

from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from console.labs.models import SiteUser

_SINCE = "logged_in_at"


@receiver(user_logged_in)
def note_since(*, request: HttpRequest, **_: Any) -> None:
    request.session[_SINCE] = time()


def log_out_everywhere(user: User) -> None:
    """End all sessions of a site user, from their next request on."""
    SiteUser.objects.update_or_create(user=user, defaults={"logged_out_at": timezone.now()})


def has_ended(request: HttpRequest) -> bool:
    """Return whether a session is from before its user was logged out everywhere; no query."""
    profile: SiteUser | None = getattr(request.user, "profile", None)
    if profile is None or profile.logged_out_at is None:
        return False
    since: float = request.session.get(_SINCE, 0)
    return since < profile.logged_out_at.timestamp()


class LogOutMiddleware:
    """Ends sessions that were ended from elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on as a visitor who is logged out, if so."""
        if SESSION_KEY in request.session and has_ended(request):
            logout(request)
        return self.get_response(request)
