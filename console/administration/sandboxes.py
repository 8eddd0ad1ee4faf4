"""Sandboxes as administrators look for them and change them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet

from console.classes.copies import remove_copies_of
from console.classes.models import Enrollment
from console.labs.attempts import start_again
from console.labs.files import LabFile
from console.labs.rows import copy_world, remove, snapshot
from console.labs.scenarios.models import Scenario
from console.labs.scenarios.seeds import seed_scenario
from iam.arns import is_account_id
from iam.models import Account, Directory, Sandbox

_LONGEST_NAME = Sandbox._meta.get_field("name").max_length or 0


class NotPossible(ValueError):
    """What cannot be done to a sandbox, as a sentence."""


def sandboxes() -> QuerySet[Sandbox]:
    """Return all sandboxes with what their row shows, the newest first."""
    joined = ("owner__profile", "size", "attempt__team", "attempt__assignment__course_class")
    made_for = ("class_world", "world_copy", "tried_world")
    return Sandbox.objects.select_related(*joined, *made_for).defer("scenario").order_by("-pk")


def found_sandboxes(query: str) -> QuerySet[Sandbox]:
    """Return those that have a text in their name, or in login, name or reference of the owner.

    An account ID finds the one that it is in.
    """
    if not query:
        return sandboxes()
    if is_account_id(query):
        listed = Directory.objects.filter(key=query).values("sandbox")
        return sandboxes().filter(pk__in=listed)
    referred = Enrollment.objects.filter(reference__icontains=query).values("user")
    owners = User.objects.filter(
        Q(username__icontains=query)
        | Q(profile__display_name__icontains=query)
        | Q(pk__in=referred)
    )
    return sandboxes().filter(Q(name__icontains=query) | Q(owner__in=owners.values("pk")))


def find_sandbox(number: int) -> Sandbox | None:
    return sandboxes().filter(pk=number).first() if number < 2**63 else None


@dataclass(frozen=True)
class Purpose:
    """What a sandbox is for. One that is `bound` belongs to its owner's work, and stays there."""

    text: str
    bound: bool = True


def purpose_of(sandbox: Sandbox, labs: Mapping[str, LabFile]) -> Purpose:
    """Return what a sandbox is for, with the labs by slug; no query for one of `sandboxes`."""
    if hasattr(sandbox, "world_copy"):
        return Purpose("A teacher's copy")
    if hasattr(sandbox, "attempt"):
        attempt = sandbox.attempt
        title = labs[attempt.lab].title if attempt.lab in labs else attempt.lab
        if attempt.assignment is None:
            return Purpose(f"Attempt at {title}")
        team = f", team {attempt.team}" if attempt.team else ""
        return Purpose(f"{attempt.assignment.course_class}: {title}{team}")
    if hasattr(sandbox, "class_world"):
        return Purpose("Given out by a class")
    if hasattr(sandbox, "tried_world"):
        return Purpose("Trying a scenario")
    return Purpose("Public" if sandbox.public else "Own", bound=False)


def accounts_in(sandbox: Sandbox) -> list[Account]:
    """Return the accounts of a sandbox, and of no other that has the same IDs."""
    accounts = list(Account.in_sandbox(sandbox).order_by("name", "account_id"))
    for account in accounts:
        account.sandbox = sandbox
    return accounts


def change_sandbox(sandbox: Sandbox, *, name: str, public: bool) -> None:
    """Rename a sandbox, and open it to everybody or to its owner alone; raises NotPossible."""
    if public and purpose_of(sandbox, {}).bound:
        raise NotPossible("A world of somebody's work cannot be public.")
    Sandbox.objects.filter(pk=sandbox.pk).update(name=name, public=public)


def seed_for(owner: User, scenario: Scenario, name: str) -> Sandbox:
    """Make a sandbox of somebody's from a scenario; raises ScenarioError."""
    return seed_scenario(scenario.text, owner, name=name or scenario.name).sandbox


def reset_sandbox(sandbox: Sandbox) -> None:
    """Start a sandbox again; raises NotPossible."""
    if hasattr(sandbox, "world_copy"):
        raise NotPossible("A teacher's copy has no start of its own. It goes after a day.")
    if not sandbox.scenario:
        raise NotPossible("This world was deleted, and how it began with it.")
    start_again(sandbox)


def copy_sandbox(sandbox: Sandbox, owner: User, name: str) -> Sandbox:
    """Make a sandbox of somebody's with the same world: IDs, passwords and keys are new.

    It is no attempt: no lab's rules hold in it, and nothing in it counts.
    """
    world = snapshot(sandbox)
    with transaction.atomic():
        into = Sandbox.objects.create(name=(name or sandbox.name)[:_LONGEST_NAME], owner=owner)
        return copy_world(world, into)


def assign_sandbox(sandbox: Sandbox, owner: User) -> None:
    """Give a sandbox to another owner; raises NotPossible for a world of somebody's work."""
    if purpose_of(sandbox, {}).bound:
        raise NotPossible(
            "This world belongs to its owner's work and stays theirs. Copy it for somebody else."
        )
    Sandbox.objects.filter(pk=sandbox.pk).update(owner=owner)


def delete_sandbox(sandbox: Sandbox) -> None:
    """Delete a sandbox with all that is in it, copies of it and an attempt with its points, too."""
    with transaction.atomic():
        remove_copies_of([sandbox])
        remove(sandbox)
