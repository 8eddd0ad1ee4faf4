"""Who of a class opens which of its worlds."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet

from console.classes.models import ClassWorld, Enrollment
from console.classes.seeding.due import due_seedings


def shares_world(user: AbstractBaseUser | AnonymousUser, sandbox_pk: int) -> bool:
    """Return whether a sandbox is the world of a team that somebody is on now."""
    return ClassWorld.objects.filter(
        sandbox=sandbox_pk,
        team__enrollments__user=user.pk,
        team__enrollments__removed_at=None,
    ).exists()


def worlds_of(enrollment: Enrollment) -> QuerySet[ClassWorld]:
    """Return the worlds that a student opens: the student's own, and the team's."""
    own = Q(enrollment=enrollment)
    if enrollment.team_id:
        own |= Q(team=enrollment.team_id)
    found = ClassWorld.objects.filter(own, sandbox__suspended=False)
    return found.select_related("seeding", "team", "sandbox").order_by("seeding", "pk")


def number_to_come(enrollment: Enrollment) -> int:
    """Return how many worlds are being made for a student just now; one query."""
    got = Q(enrollment=enrollment)
    if enrollment.team_id:
        got |= Q(team=enrollment.team_id)
    had = ClassWorld.objects.filter(got).values("seeding")
    return (
        due_seedings().filter(course_class=enrollment.course_class_id).exclude(pk__in=had).count()
    )
