"""One-click entry: *Sign in as* on the start page, *Open in the console as root* in the admin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from console.signin.access import may_open
from console.signin.console import visited
from console.signin.lab_rules import FencedOff, fence_of
from console.signin.views.second_factor import go_on
from sts.sign_in import SignInRefused, UnknownAccount, enter, find_account

_CLOSED = (
    "You may not open this sandbox, or the identity was deleted. Log in to the site, "
    "or start the sandbox again."
)


def _stopped(request: HttpRequest, sentence: str) -> HttpResponse:
    context = {
        "title": "You could not be signed in",
        "sentence": sentence,
        "label": "Back to the start page",
        "url": "/",
    }
    return render(request, "signin/stopped.html", context, status=403)


def _enter(request: HttpRequest, user_name: str, *, ask_code: bool = True) -> HttpResponse:
    origin = visited(request).origin
    try:
        found = find_account(request.POST.get("account", ""))
        if not may_open(request, found.sandbox):
            raise SignInRefused
        fence = fence_of(request, found.sandbox)
        signed_in = enter(found, user_name, origin, fence, ask_code=ask_code)
    except (UnknownAccount, SignInRefused):
        return _stopped(request, _CLOSED)
    except FencedOff as refused:
        return _stopped(request, str(refused))
    return go_on(request, signed_in)


@never_cache
@require_POST
def enter_as(request: HttpRequest) -> HttpResponse:
    """Sign in as a user (or, without a name, root) of a sandbox that this visitor may open.

    The click replaces the password; an MFA code is still required.
    """
    return _enter(request, request.POST.get("user", ""))


@never_cache
@require_POST
def open_as_root(request: HttpRequest) -> HttpResponse:
    """Sign in as an account's root user, for the site's managers."""
    if not (request.user.is_active and request.user.is_staff):
        return redirect("site_login")
    return _enter(request, "", ask_code=False)
