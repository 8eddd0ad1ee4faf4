"""The sandboxes that a visitor may open, with what to sign in with."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q

from console.labs.scenarios.handout import AccountHandout, handout
from iam.models import Sandbox

_MOST = 12


@dataclass(frozen=True)
class OpenSandbox:
    """A sandbox with its accounts and the identities to start with."""

    sandbox: Sandbox
    accounts: list[AccountHandout]


def openable(user: AbstractBaseUser | AnonymousUser) -> list[OpenSandbox]:
    """Return the public sandboxes and the visitor's own, a dozen at most."""
    wanted = Q(public=True)
    if user.is_authenticated:
        wanted |= Q(owner_id=user.pk)
    sandboxes = Sandbox.objects.filter(wanted).order_by("-public", "name")[:_MOST]
    return [OpenSandbox(sandbox, handout(sandbox)) for sandbox in sandboxes]
