"""Students who leave a class, come back, or move to another."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from console.classes.models import Class, Enrollment, LoginCard
from console.classes.resting import settle_worlds
from console.classes.teams import settle_teams, teams_of
from console.labs.models import Attempt, OtherBrowser
from iam.models import Sandbox


def _worlds_of(enrollment: Enrollment, attempts: QuerySet[Attempt]) -> QuerySet[Sandbox]:
    keys = list(attempts.values_list("sandbox_id", flat=True))
    seeded = enrollment.worlds.exclude(sandbox=None)
    return Sandbox.objects.filter(pk__in=[*keys, *seeded.values_list("sandbox_id", flat=True)])


def remove_students(enrollments: Sequence[Enrollment]) -> None:
    """End the access of students at once: to the class, its worlds and their keys; the work stays.

    A team's world goes on as the others'. What students do outside the class stays theirs.
    """
    with transaction.atomic():
        now = timezone.now()
        for one in enrollments:
            attempts = Attempt.objects.filter(
                owner_id=one.user_id, assignment__course_class_id=one.course_class_id, team=None
            )
            OtherBrowser.objects.filter(attempt__in=attempts).delete()
            attempts.update(withdrawn=True)
            one.removed_at = now
            one.save(update_fields=["removed_at"])
            settle_worlds(_worlds_of(one, attempts))
        settle_teams(teams_of(enrollments))


def bring_back(enrollment: Enrollment) -> None:
    """Let a student into the class again, with all the work; a team's as far as it is there."""
    with transaction.atomic():
        attempts = Attempt.objects.filter(
            owner_id=enrollment.user_id,
            assignment__course_class_id=enrollment.course_class_id,
            team=None,
        )
        attempts.update(withdrawn=False)
        enrollment.removed_at = None
        enrollment.save(update_fields=["removed_at"])
        settle_worlds(_worlds_of(enrollment, attempts))
        settle_teams(teams_of([enrollment]))


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
