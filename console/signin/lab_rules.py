"""A lab's rules as they bind a visitor: who may sign in, and what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

from console.labs.administrators import is_administrator
from console.labs.rules import UNRESTRICTED, LabRules, rules_of
from console.signin.console import Console, visited

if TYPE_CHECKING:
    from iam.models import Sandbox
    from sts.sign_in import Fence


class FencedOff(PermissionError):
    """A lab does not honor these credentials; the message is for its student."""


def rules_for(request: HttpRequest, sandbox: Sandbox) -> LabRules:
    """Return the rules that bind a visitor; administrators look at others' worlds without any."""
    if not sandbox.lab:
        return UNRESTRICTED
    if is_administrator(request.user) and sandbox.owner_id != request.user.pk:
        return UNRESTRICTED
    return rules_of(sandbox, visited(request).visit)


def fence_of(request: HttpRequest, sandbox: Sandbox) -> Fence:
    """Return what refuses a sign-in that a lab does not allow, by raising FencedOff."""

    def fence(principal: str) -> None:
        ruling = rules_for(request, sandbox).may_use(principal)
        if not ruling:
            raise FencedOff(ruling.reason)

    return fence


def why_fenced(request: HttpRequest, console: Console) -> str:
    """Return why a console is not honored any longer; empty if it is."""
    who = console.base.from_start
    return rules_for(request, console.sandbox).may_use(who).reason if who else ""
