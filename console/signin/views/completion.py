"""The end of every sign-in: storing its credentials, and the redirect."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from console.signin.console import signed_in_name, visited
from console.signin.happenings import note_sign_in
from console.signin.local_paths import local_path
from console.signin.state import ConsoleLimit, ConsoleStore
from sts.credentials import caller_of, open_token

_OF_ONE_CONSOLE = re.compile(r"^/c/[a-z0-9]{8}(?=/)")


def next_url(request: HttpRequest) -> str:
    """Return the page after a sign-in: a path of this site, or the IAM dashboard.

    The console's ID is removed from a path: that console is gone or another's.
    """
    posted = request.POST.get("next") or request.POST.get("RelayState")
    wanted = local_path(posted or request.GET.get("next") or "")
    return local_path(_OF_ONE_CONSOLE.sub("", wanted)) or "/iam/"


def start_console(request: HttpRequest, token: str) -> HttpResponse:
    """Store a sign-in's session token, in place of the present console unless one is added.

    One that is added has addresses of its own, so that each tab keeps its identity.
    """
    page = visited(request)
    adding = request.POST.get("add") == "on" and page.console is not None
    replaced = page.console.console_id if page.console and not adding else ""
    who = caller_of(open_token(token), page.origin, page.visit)
    note_sign_in(request, who.sandbox, who.principal_id)
    name = signed_in_name(who)
    store = ConsoleStore(request.session)
    try:
        added = store.sign_in(token, name, who.account_id, replacing=None if adding else replaced)
    except ConsoleLimit as error:
        return render(request, "signin/limit.html", {"error": error}, status=409)
    request.session.cycle_key()
    url = next_url(request)
    return HttpResponseRedirect(f"/c/{added}{url}" if adding else url)
