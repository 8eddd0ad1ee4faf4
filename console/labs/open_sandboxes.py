"""The sandboxes that a visitor runs, with what to sign in with."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet

from console.labs.administrators import is_administrator
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


def run_by(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Sandbox]:
    """Return the sandboxes that a visitor may start again: the visitor's own, the team's.

    The public ones, such as the demo, are the administrators'. Nobody runs one that is suspended.
    """
    found = [Sandbox.objects.filter(owner_id=user.pk)]
    if user.pk:
        of_team = Sandbox.objects.filter(
            class_world__team__enrollments__user=user.pk,
            class_world__team__enrollments__removed_at=None,
        )
        found.append(of_team)
    if is_administrator(user):
        found.append(Sandbox.objects.filter(public=True))
    # Each by an index of its own: an OR of them reads the rows of everybody's sandboxes.
    first, *others = (each.order_by().values("pk") for each in found)
    return Sandbox.objects.filter(pk__in=first.union(*others), suspended=False)


def openable(user: AbstractBaseUser | AnonymousUser) -> list[OpenSandbox]:
    """Return the sandboxes that a visitor runs, a dozen at most; none of a lab."""
    sandboxes = run_by(user).filter(attempt=None).order_by("-public", "name")
    return [shown_sandbox(sandbox) for sandbox in sandboxes[:_MOST]]


def shown_sandbox(sandbox: Sandbox) -> OpenSandbox:
    """Return a sandbox with the identities to start with."""
    return OpenSandbox(sandbox, handout(sandbox))


def open_sandbox(user: AbstractBaseUser | AnonymousUser, pk: int) -> Sandbox | None:
    """Return a sandbox that a visitor may start again."""
    return run_by(user).filter(pk=pk).first()
