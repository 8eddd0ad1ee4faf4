"""Worlds of a seeding: made, made anew, deleted."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from console.classes.models import Assignment, Class, ClassWorld, Seeding
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


def due_seedings() -> QuerySet[Seeding]:
    """Return the seedings whose worlds are to be there by now."""
    opened = Q(assignment__opens=None) | Q(assignment__opens__lte=timezone.now())
    due = Q(at_opening=False) | Q(opened, assignment__isnull=False)
    return Seeding.objects.filter(due, fault="", course_class__archived_at=None)


def is_due(seeding: Seeding) -> bool:
    return due_seedings().filter(pk=seeding.pk).exists()


def _original(seeding: Seeding, owner: User) -> Snapshot:
    """Return the scenario's world as rows, made once by the factories; nothing stays behind."""
    with transaction.atomic():
        rows = snapshot(seed_scenario(seeding.scenario, owner, name=seeding.name).sandbox)
        transaction.set_rollback(True)
    return rows


def _fill(world: ClassWorld, owner: User, original: Snapshot) -> None:
    sandbox = Sandbox.objects.create(name=world.seeding.name, owner=owner)
    copy_world(original, sandbox)
    ClassWorld.objects.filter(pk=world.pk).update(sandbox=sandbox, made_at=timezone.now())


def _make(seeding: Seeding, recipient: Recipient, original: Snapshot) -> None:
    try:
        with transaction.atomic():
            world = ClassWorld.objects.create(seeding=seeding, **recipient.columns)
            _fill(world, recipient.owner, original)
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


def seed_anew(worlds: Sequence[ClassWorld]) -> None:
    """Make worlds once more, from the seeding's scenario, in the place of what there is."""
    originals: dict[int, Snapshot] = {}
    for world in worlds:
        owner = owner_of(world)
        if owner is None:
            continue
        if world.seeding_id not in originals:
            originals[world.seeding_id] = _original(world.seeding, owner)
        with transaction.atomic():
            delete_worlds([world])
            _fill(world, owner, originals[world.seeding_id])


def owner_of(world: ClassWorld) -> User | None:
    """Return whose sandbox a world is to be: the student, the team's first; None if removed."""
    if world.enrollment is not None:
        return None if world.enrollment.removed_at else world.enrollment.user
    members = world.team.enrollments.filter(removed_at=None) if world.team else None
    first = members.select_related("user").order_by("pk").first() if members is not None else None
    return first.user if first else None


def delete_worlds(worlds: Sequence[ClassWorld]) -> None:
    """Delete worlds; their students get no other until they are seeded anew."""
    for world in worlds:
        sandbox = Sandbox.objects.filter(class_world=world.pk).first()
        if sandbox is not None:
            remove(sandbox)
        world.sandbox = None


def delete_seeding(seeding: Seeding) -> None:
    """Delete a seeding with all its worlds."""
    with transaction.atomic():
        delete_worlds(list(ClassWorld.objects.filter(seeding=seeding)))
        seeding.delete()


def make_now(seeding: Seeding) -> None:
    """Let the worlds of a seeding be made without waiting for an assignment."""
    seeding.at_opening, seeding.fault = False, ""
    seeding.save(update_fields=["at_opening", "fault"])
