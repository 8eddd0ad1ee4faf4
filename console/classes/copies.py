"""Copies of students' worlds: the same IDs, keys that are inactive, nothing reaches them."""

from collections.abc import Collection
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from console.classes.models import ClassWorld, WorldCopy
from console.labs.models import Attempt
from console.labs.rows import copy_with_ids, remove, snapshot
from iam.models import Account, Sandbox
from iam.models import User as IamUser

KEPT = timedelta(days=1)
_NAME = Sandbox._meta.get_field("name").max_length or 0


def open_copy(world: Attempt | ClassWorld, by: User, student: str) -> WorldCopy:
    """Copy a student's world as it is now; an older copy of the teacher's goes.

    No lab's rules hold in it, and nothing in it is checked.
    """
    of = {"attempt": world} if isinstance(world, Attempt) else {"class_world": world}
    for old in WorldCopy.objects.filter(**of, by=by).select_related("sandbox"):
        remove(old.sandbox)
    source = Sandbox.objects.get(pk=world.sandbox_id or 0)
    with transaction.atomic():
        name = f"Copy of {student}: {source.name}"[:_NAME]
        into = copy_with_ids(snapshot(source), Sandbox.objects.create(name=name, owner=by))
        return WorldCopy.objects.create(sandbox=into, by=by, **of)


def remove_copies_of(worlds: Collection[Sandbox] | QuerySet[Sandbox]) -> None:
    """Remove teachers' copies of worlds that are deleted: what was in them goes, too."""
    of = Q(attempt__sandbox__in=worlds) | Q(class_world__sandbox__in=worlds)
    for copy in WorldCopy.objects.filter(of).select_related("sandbox"):
        remove(copy.sandbox)


def remove_old_copies() -> None:
    """Remove the copies that are a day old."""
    old = WorldCopy.objects.filter(made_at__lt=timezone.now() - KEPT)
    for copy in old.select_related("sandbox"):
        remove(copy.sandbox)


def identities_in(sandbox: Sandbox) -> dict[Account, list[str]]:
    """Return whom one can sign in as in a copy: the users of each account, by name."""
    found: dict[Account, list[str]] = {
        account: [] for account in Account.in_sandbox(sandbox).order_by("name", "account_id")
    }
    by_key = {account.pk: account for account in found}
    for user in IamUser.in_sandbox(sandbox).order_by("name"):
        found[by_key[user.account_id]].append(user.name)
    return found
