"""The visitors who may open a sandbox's console, and those who may run it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from console.classes.seeding.access import shares_world
from console.labs.administrators import is_administrator
from console.labs.attempts import is_on_team
from console.signin.other_browsers import opened_worlds

if TYPE_CHECKING:
    from console.signin.console import VisitedRequest
    from iam.models import Sandbox


def _owns(request: HttpRequest, sandbox: Sandbox) -> bool:
    """Return whether the sandbox is the visitor's, in this browser or opened from another.

    A team's is its members': one query for who does not own it, where it is not public.
    """
    own = request.user.is_authenticated and sandbox.owner_id == request.user.pk
    if own or sandbox.pk in opened_worlds(request):
        return True
    if sandbox.public or not request.user.is_authenticated:
        return False
    visit, user = cast("VisitedRequest", request).visit, request.user
    shares = is_on_team if sandbox.lab else shares_world
    return visit.remember(("on team", sandbox.pk), lambda: shares(user, sandbox.pk))


def may_open(request: HttpRequest, sandbox: Sandbox) -> bool:
    """Return whether this visitor may sign in to a sandbox; anybody may if it is public."""
    return not sandbox.suspended and (sandbox.public or sees_all(request, sandbox))


def sees_all(request: HttpRequest, sandbox: Sandbox) -> bool:
    """Return whether this visitor has everybody's calls explained: the owner, administrators."""
    return _owns(request, sandbox) or is_administrator(request.user)


def may_run(request: HttpRequest, sandbox: Sandbox) -> bool:
    """Return whether this visitor may restart a sandbox and move its clock: its owner alone.

    A public sandbox, such as the demo, is for administrators to run.
    """
    return _owns(request, sandbox) or (sandbox.public and is_administrator(request.user))


def may_administer_directory(request: HttpRequest, sandbox: Sandbox) -> bool:
    """Return whether this visitor may set what a sandbox's identity provider knows and offers.

    In a public sandbox anybody may: the course's part on single sign-on begins there.
    """
    return sandbox.public or may_run(request, sandbox)
