"""*This is a shared computer*: the login ends with the browser, or after eight idle hours."""

import re
from collections.abc import Callable
from time import time

from django import forms
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

_SHARED = "shared_computer"
"""In the session: when somebody was last here."""
IDLE = 8 * 60 * 60
_NOTED_EVERY = 300
_POLL = re.compile(r"/(?:changes|drawer|projector)$")
"""Pages that ask by themselves whether something is new, whether or not anybody is there."""


class SharedComputerForm(forms.Form):
    """The box, for forms by which somebody logs in."""

    shared = forms.BooleanField(
        label="This is a shared computer",
        required=False,
        help_text="You are logged out when the browser closes, or after 8 hours without activity.",
    )


def note_computer(request: HttpRequest, form: forms.BaseForm) -> None:
    """Let a login last as long as the box says."""
    if form.cleaned_data.get("shared"):
        request.session[_SHARED] = time()
        request.session.set_expiry(0)
    elif request.session.pop(_SHARED, None) is not None:
        request.session.set_expiry(None)


def is_shared(request: HttpRequest) -> bool:
    """Return whether the login of this browser ends with it."""
    return _SHARED in request.session


def _asks_by_itself(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request") and _POLL.search(request.path_info))


class SharedComputerMiddleware:
    """Ends logins of shared computers that nobody has used for eight hours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note now and then that somebody is here, or log them out."""
        last: float | None = request.session.get(_SHARED)
        if last is not None:
            idle = time() - last
            if idle > IDLE:
                logout(request)
            elif idle > _NOTED_EVERY and not _asks_by_itself(request):
                request.session[_SHARED] = time()
        return self.get_response(request)
