"""The worlds of a class, and how they are deleted."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from console.classes.models import Class, ClassWorld, WorldCopy
from console.labs.attempts import bring_up_to_date
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt, OtherBrowser
from console.labs.rows import empty, remove
from console.labs.rows.models import UndoStep
from iam.models import Event, Sandbox


@dataclass
class Deleted:
    """How much of a class was deleted."""

    worlds: int = 0
    steps: int = 0
    events: int = 0

    def count(self, world: Sandbox) -> None:
        self.worlds += 1
        self.steps += UndoStep.objects.filter(sandbox=world).count()
        self.events += Event.in_sandbox(world).count()

    def __str__(self) -> str:
        return f"{self.worlds} worlds, {self.steps} steps, {self.events} events"


def worlds_of(course_class: Class) -> QuerySet[Attempt]:
    """Return the attempts of a class whose worlds are there."""
    return Attempt.objects.filter(assignment__course_class=course_class, world_gone_at=None)


def delete_worlds(course_class: Class) -> Deleted:
    """Delete the worlds of a class with their steps and events; results, points and remarks stay.

    Each world of an attempt is judged once more. It goes in a transaction of its own, so that
    nobody waits long for the database. Who is interrupted goes on when called again.
    """
    deleted = Deleted()
    for key in list(worlds_of(course_class).order_by("pk").values_list("pk", flat=True)):
        attempt = Attempt.objects.select_related("sandbox").filter(pk=key).first()
        if attempt is not None:
            _delete_world(attempt, deleted)
    seeded = ClassWorld.objects.filter(seeding__course_class=course_class).exclude(sandbox=None)
    for world in seeded.select_related("sandbox"):
        if world.sandbox is not None:
            deleted.count(world.sandbox)
            remove(world.sandbox)
    return deleted


def _delete_world(attempt: Attempt, deleted: Deleted) -> None:
    lab = lab_of(attempt)
    if attempt.waits:  # nobody has begun it
        remove(attempt.sandbox)
        return
    if lab is not None:
        bring_up_to_date(attempt, lab)
    for copy in WorldCopy.objects.filter(attempt=attempt).select_related("sandbox"):
        remove(copy.sandbox)
    with transaction.atomic():
        deleted.count(attempt.sandbox)
        empty(attempt.sandbox)
        OtherBrowser.objects.filter(attempt=attempt).delete()
        Attempt.objects.filter(pk=attempt.pk).update(
            world_gone_at=timezone.now(), start={**attempt.start, "saved": {}}
        )
