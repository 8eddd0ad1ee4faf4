"""Attempts begun, and their worlds started again."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import IntegrityError, transaction

from console.labs.attempts.start_data import start_data
from console.labs.checks import start_of
from console.labs.files import LabFile
from console.labs.models import Attempt, new_public_id
from console.labs.scenarios import restart
from console.labs.worlds import make_lab_world
from iam.models import Sandbox


def attempt_of(user: User, lab: LabFile) -> Attempt | None:
    """Return the user's attempt of a lab, if there is one."""
    return Attempt.objects.filter(owner_id=user.pk, lab=lab.slug).first()


def visible_attempt(user: AbstractBaseUser | AnonymousUser, public_id: str) -> Attempt | None:
    """Return an attempt that is the user's own, or of anybody's for the staff."""
    attempts = Attempt.objects.select_related("sandbox", "owner").filter(public_id=public_id)
    if not getattr(user, "is_staff", False):
        attempts = attempts.filter(owner_id=user.pk)
    return attempts.first()


def begin_attempt(user: User, lab: LabFile) -> Attempt:
    """Make a lab's world for a user; return the attempt that there is, if the user has one."""
    try:
        with transaction.atomic():
            return attempt_of(user, lab) or _new_attempt(user, lab)
    except IntegrityError:  # a second click made it in the meantime
        return Attempt.objects.get(owner_id=user.pk, lab=lab.slug)


def _new_attempt(user: User, lab: LabFile) -> Attempt:
    public_id = new_public_id()
    world = make_lab_world(lab, public_id, user)
    return Attempt.objects.create(
        public_id=public_id,
        owner=user,
        sandbox=world.sandbox,
        lab=lab.slug,
        lab_hash=lab.hash,
        start=start_data(world.start),
    )


def start_again(sandbox: Sandbox) -> None:
    """Start a sandbox again; in an attempt's, solved tasks and hints stay."""
    with transaction.atomic():
        fresh = restart(sandbox)
        attempts = Attempt.objects.filter(sandbox=sandbox)
        if attempts.exists():
            attempts.update(start=start_data(start_of(fresh)), judged_at="", results={})
