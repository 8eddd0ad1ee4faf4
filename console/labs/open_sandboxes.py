"""The sandboxes that a visitor may open, with what to sign in with."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q

from console.labs.scenarios.handout import AccountHandout, handout
from iam.models import Sandbox
from sts.built_in import name_of

_MOST = 12


@dataclass(frozen=True)
class OpenSandbox:
    """A sandbox with its accounts and the identities to start with."""

    sandbox: Sandbox
    accounts: list[AccountHandout]

    @property
    def provider(self) -> str:
        return name_of(self.sandbox).slug


def _open_to(user: AbstractBaseUser | AnonymousUser) -> Q:
    wanted = Q(public=True)
    if user.is_authenticated:
        wanted |= Q(owner_id=user.pk)
    return wanted


def openable(user: AbstractBaseUser | AnonymousUser) -> list[OpenSandbox]:
    """Return the public sandboxes and the visitor's own, a dozen at most; none of a lab."""
    sandboxes = Sandbox.objects.filter(_open_to(user), attempt=None).order_by("-public", "name")
    return [OpenSandbox(sandbox, handout(sandbox)) for sandbox in sandboxes[:_MOST]]


def open_sandbox(user: AbstractBaseUser | AnonymousUser, pk: int) -> Sandbox | None:
    """Return one of the sandboxes that a visitor may start again; the staff may all."""
    sandboxes = Sandbox.objects.filter(pk=pk)
    if not getattr(user, "is_staff", False):
        sandboxes = sandboxes.filter(_open_to(user))
    return sandboxes.first()
