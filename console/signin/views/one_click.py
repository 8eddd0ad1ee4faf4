"""One-click entry: *Sign in as* on the start page, *Open as root* on the administrator's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from console.signin.access import may_open
from console.signin.console import visited
from console.signin.lab_rules import FencedOff, fence_of
from console.signin.views.second_factor import go_on
from sts.sign_in import FoundAccount, SignInRefused, UnknownAccount, enter, find_account
from sts.sign_in.accounts import found_account

if TYPE_CHECKING:
    from iam.models import Account

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


@never_cache
@require_POST
def enter_as(request: HttpRequest) -> HttpResponse:
    """Sign in as a user (or, without a name, root) of a sandbox that this visitor may open.

    The click replaces the password; an MFA code is still required.
    """
    try:
        found = find_account(request.POST.get("account", ""))
        if not may_open(request, found.sandbox):
            raise SignInRefused
    except (UnknownAccount, SignInRefused):
        return _stopped(request, _CLOSED)
    return _asks(request, found) or _enter(request, found, request.POST.get("user", ""))


def enter_as_root(request: HttpRequest, account: Account) -> HttpResponse:
    """Sign an administrator in as an account's root user, without a code.

    The account is a row, loaded with its sandbox: an ID would lead from a copy to the original.
    """
    found = found_account(account)
    if not may_open(request, found.sandbox):
        return _stopped(request, _CLOSED)
    return _enter(request, found, "", ask_code=False)


def _asks(request: HttpRequest, found: FoundAccount) -> HttpResponse | None:
    """Ask whether to keep an identity that is signed in already, where nobody has answered yet."""
    console = visited(request).console
    if "ask" not in request.POST or console is None or "add" in request.POST:
        return None
    name, account = request.POST.get("user", ""), found.account_id
    base = console.base
    if (base.account_id, "" if console.is_root else base.name) == (account, name):
        return None
    context = {"account": account, "user": name, "next": request.POST.get("next", "")}
    return render(request, "signin/keep_session.html", context)


def _enter(
    request: HttpRequest, found: FoundAccount, user_name: str, *, ask_code: bool = True
) -> HttpResponse:
    fence = fence_of(request, found.sandbox)
    try:
        signed_in = enter(found, user_name, visited(request).origin, fence, ask_code=ask_code)
    except SignInRefused:
        return _stopped(request, _CLOSED)
    except FencedOff as refused:
        return _stopped(request, str(refused))
    return go_on(request, signed_in)
