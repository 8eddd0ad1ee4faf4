"""Students who leave a class, come back, or move to another."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from console.classes.models import Class, ClassWorld, Enrollment, LoginCard
from console.classes.resting import settle_worlds
from console.classes.teams import settle_teams, teams_of
from console.labs.models import Attempt, OtherBrowser
from iam.models import Sandbox


def _own_work(enrollments: Sequence[Enrollment]) -> QuerySet[Attempt]:
    """Return what students began alone in the classes that they are in."""
    here = Enrollment.objects.filter(
        pk__in=[one.pk for one in enrollments],
        user=OuterRef("owner"),
        course_class=OuterRef("assignment__course_class"),
    )
    owners = [one.user_id for one in enrollments]
    return Attempt.objects.filter(Exists(here), owner__in=owners, team=None)


def _settle_worlds_of(enrollments: Sequence[Enrollment], attempts: QuerySet[Attempt]) -> None:
    seeded = ClassWorld.objects.filter(enrollment__in=enrollments).exclude(sandbox=None)
    keys = [
        *attempts.values_list("sandbox_id", flat=True),
        *seeded.values_list("sandbox_id", flat=True),
    ]
    settle_worlds(Sandbox.objects.filter(pk__in=[key for key in keys if key]))


def remove_students(enrollments: Sequence[Enrollment]) -> None:
    """End the access of students at once: to the class, its worlds and their keys; the work stays.

    A team's world goes on as the others'. What students do outside the class stays theirs.
    """
    with transaction.atomic():
        OtherBrowser.objects.filter(attempt__in=_own_work(enrollments)).delete()
        _set_removed(enrollments, timezone.now())


def bring_back(enrollments: Sequence[Enrollment]) -> None:
    """Let students into the class again, with all the work; a team's as far as it is there."""
    with transaction.atomic():
        _set_removed(enrollments, None)


def _set_removed(enrollments: Sequence[Enrollment], at: datetime | None) -> None:
    attempts = _own_work(enrollments)
    attempts.update(withdrawn=at is not None)
    for one in enrollments:
        one.removed_at = at
    Enrollment.objects.filter(pk__in=[one.pk for one in enrollments]).update(removed_at=at)
    _settle_worlds_of(enrollments, attempts)
    settle_teams(teams_of(enrollments))


def move_student(enrollment: Enrollment, other: Class) -> Enrollment | None:
    """Move a student to another class; None if that class has the student, or the reference.

    The work stays in the class that it was done for; a card that waits to be printed comes along.
    """
    try:
        with transaction.atomic():
            moved = Enrollment.objects.create(
                course_class=other,
                user_id=enrollment.user_id,
                reference=enrollment.reference,
                extra_time=enrollment.extra_time,
                source=enrollment.source,
            )
            LoginCard.objects.filter(enrollment=enrollment).update(enrollment=moved)
            remove_students([enrollment])
    except IntegrityError:
        return None
    return moved
