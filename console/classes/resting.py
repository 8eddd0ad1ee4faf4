"""Which worlds rest: nobody opens them, and none of their keys and sessions works."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from console.classes.models import Class, ClassWorld, Enrollment
from console.labs.models import Attempt
from iam.models import Sandbox


def _resting() -> Q:
    """Return of which worlds nobody is there, or has them open: `settle_worlds` goes by it."""
    attempt = Q(attempt__withdrawn=True) | Q(attempt__waits=True)
    attempt |= Q(attempt__world_gone_at__isnull=False)
    attempt |= Q(attempt__assignment__course_class__archived_at__isnull=False)
    here = Enrollment.objects.filter(team=OuterRef("class_world__team"), removed_at=None)
    seeded = Q(class_world__enrollment__removed_at__isnull=False)
    seeded |= Q(class_world__seeding__course_class__archived_at__isnull=False)
    seeded |= Q(~Exists(here), class_world__team__isnull=False)
    alone = Q(attempt__team=None, class_world__team=None, public=False)
    return attempt | seeded | (alone & Q(owner__is_active=False))


def settle_worlds(worlds: QuerySet[Sandbox]) -> None:
    """Let worlds rest or be open, as the people, attempts and classes that they belong to are now.

    Called after any of those changed: who comes back to a class while their login is deactivated,
    or logs in again while their class is archived, opens nothing by that alone.
    """
    resting = worlds.filter(_resting()).values("pk")
    worlds.filter(pk__in=resting, suspended=False).update(suspended=True)
    worlds.exclude(pk__in=resting).filter(suspended=True).update(suspended=False)


def worlds_of_class(course_class: Class) -> QuerySet[Sandbox]:
    """Return the worlds of a class's attempts, and those that were seeded for it."""
    attempts = Attempt.objects.filter(assignment__course_class=course_class)
    seeded = ClassWorld.objects.filter(seeding__course_class=course_class).exclude(sandbox=None)
    return Sandbox.objects.filter(
        Q(pk__in=attempts.values("sandbox")) | Q(pk__in=seeded.values("sandbox"))
    )
