"""The visitors who may open a sandbox's console, and those who may run it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from iam.models import Sandbox


def may_open(request: HttpRequest, sandbox: Sandbox) -> bool:
    """Return whether this visitor may sign in to a sandbox; anybody may if it is public."""
    user = request.user
    return sandbox.public or (
        user.is_authenticated and (user.is_staff or sandbox.owner_id == user.pk)
    )


def may_run(request: HttpRequest, sandbox: Sandbox) -> bool:
    """Return whether this visitor may restart a sandbox and move its clock.

    Every visitor of a public sandbox, such as the demo, may.
    """
    return may_open(request, sandbox)
