"""Worlds of a seeding: made, and deleted, to be made anew or not."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from console.classes.models import Assignment, Class, ClassWorld, Seeding
from console.classes.seeding.due import is_due
from console.classes.seeding.recipients import Recipient, without_world
from console.labs.rows import Snapshot, copy_world, remove, snapshot
from console.labs.scenarios import ScenarioError, seed_scenario
from iam.models import Sandbox

MOST_SEEDINGS = 10
"""As many seedings has a class: each is a world for every student."""


class TooManySeedings(Exception):
    """A class has as many seedings as it may; the message is for the teacher."""


def new_seeding(
    course_class: Class,
    by: User | None,
    name: str,
    scenario: str,
    *,
    per_team: bool = False,
    at_opening: Assignment | None = None,
) -> Seeding:
    """Note that a class gets worlds; `make_next` makes them. Raises TooManySeedings."""
    if course_class.seedings.count() >= MOST_SEEDINGS:
        message = f"A class has {MOST_SEEDINGS} seedings at most. Delete one that is done with."
        raise TooManySeedings(message)
    return Seeding.objects.create(
        course_class=course_class,
        by=by,
        name=name[:120],
        scenario=scenario,
        per_team=per_team,
        at_opening=at_opening is not None,
        assignment=at_opening,
    )


def _original(seeding: Seeding, owner: User) -> Snapshot:
    """Return the scenario's world as rows, made once by the factories; nothing stays behind."""
    with transaction.atomic():
        rows = snapshot(seed_scenario(seeding.scenario, owner, name=seeding.name).sandbox)
        transaction.set_rollback(True)
    return rows


def _make(seeding: Seeding, recipient: Recipient, original: Snapshot) -> None:
    try:
        with transaction.atomic():
            sandbox = Sandbox.objects.create(name=seeding.name, owner=recipient.owner)
            ClassWorld.objects.create(seeding=seeding, sandbox=sandbox, **recipient.columns)
            copy_world(original, sandbox)
    except IntegrityError:  # another process was faster
        if not ClassWorld.objects.filter(seeding=seeding, **recipient.columns).exists():
            raise


def make_next(seeding: Seeding, number: int) -> int:
    """Make the worlds of some who have none, once they are due; return how many lack one then.

    A scenario that AWS refuses by now is noted as the seeding's fault.
    """
    waiting = without_world(seeding) if is_due(seeding) else []
    if not waiting:
        return 0
    try:
        original = _original(seeding, waiting[0].owner)
    except ScenarioError as error:
        Seeding.objects.filter(pk=seeding.pk).update(fault=str(error)[:400])
        return 0
    for one in waiting[:number]:
        _make(seeding, one, original)
    return max(0, len(waiting) - number)


def delete_worlds(worlds: Iterable[ClassWorld], *, anew: bool = False) -> None:
    """Delete worlds. Their students get no other; with `anew` they lack one, and get it next."""
    for world in worlds:
        with transaction.atomic():
            sandbox = Sandbox.objects.filter(class_world=world.pk).first()
            if sandbox is not None:
                remove(sandbox)
            if anew:
                ClassWorld.objects.filter(pk=world.pk).delete()


def delete_seeding(seeding: Seeding) -> None:
    worlds = ClassWorld.objects.filter(seeding=seeding).exclude(sandbox=None)
    delete_worlds(worlds)  # one by one, so that nobody else waits for all of them
    with transaction.atomic():
        delete_worlds(worlds.all())  # those that were made meanwhile
        seeding.delete()


def make_now(seeding: Seeding) -> None:
    """Let the worlds of a seeding be made without waiting for an assignment."""
    seeding.at_opening, seeding.fault = False, ""
    seeding.save(update_fields=["at_opening", "fault"])
