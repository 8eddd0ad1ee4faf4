"""Rolecall's authenticator page: the codes of a sandbox's MFA devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from console.signin.access import may_open
from console.signin.console import visited
from console.signin.lab_rules import rules_for
from console.signin.state import ConsoleStore
from sts.sign_in import UnknownAccount, find_account, shown_devices

if TYPE_CHECKING:
    from iam.models import Sandbox


def _sandbox(request: HttpRequest) -> Sandbox | None:
    """Return the sandbox in the address, if this visitor may open it."""
    console, named = visited(request).console, request.GET.get("account", "")
    if not named:
        return console.sandbox if console else None
    try:
        sandbox = find_account(named).sandbox
    except UnknownAccount:
        return None
    return sandbox if may_open(request, sandbox) else None


@never_cache
@require_GET
def authenticator(request: HttpRequest) -> HttpResponse:
    """Show each device's present code and the next, and how long they last."""
    sandbox = _sandbox(request)
    if sandbox is None:
        return redirect("start")
    if sandbox.lab:
        ConsoleStore(request.session).act_in(sandbox.pk)
    devices, left = shown_devices(sandbox, visited(request).origin.received_at)
    rules = rules_for(request, sandbox)
    devices = [one for one in devices if not one.from_start or rules.may_use(one.from_start)]
    context = {"sandbox": sandbox, "devices": devices, "left": left, "again": left + 1}
    return render(request, "signin/authenticator.html", context)
