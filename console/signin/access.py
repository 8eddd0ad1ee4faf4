"""Which site users may open a sandbox's console, and who runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from iam.models import Sandbox


def may_open(request: HttpRequest, sandbox: Sandbox) -> bool:
    """Return whether this visitor may sign in to a sandbox: anybody, if it is public."""
    user = request.user
    return sandbox.public or (
        user.is_authenticated and (user.is_staff or sandbox.owner_id == user.pk)
    )


def may_run(request: HttpRequest, sandbox: Sandbox) -> bool:
    """Return whether this visitor may start it again and move its clock.

    A public sandbox, as the demo, is run by whoever uses it.
    """
    return may_open(request, sandbox)
