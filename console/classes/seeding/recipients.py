"""Who of a class still lacks a world of a seeding."""

from dataclasses import dataclass

from django.contrib.auth.models import User

from console.classes.models import Class, ClassWorld, Enrollment, Seeding, Team


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets a world: a student, or a team with the member whose sandbox it is."""

    student: Enrollment
    team: Team | None = None

    @property
    def owner(self) -> User:
        return self.student.user

    @property
    def columns(self) -> dict[str, Enrollment | Team]:
        """Return whose a world of it is."""
        return {"team": self.team} if self.team else {"enrollment": self.student}


def recipients_of(seeding: Seeding) -> list[Recipient]:
    """Return all who are to have a world, in the order in which they joined; one query."""
    active = Enrollment.objects.filter(course_class=seeding.course_class_id, removed_at=None)
    found, teams = [], set[int]()
    for one in active.select_related("user__profile", "team", "course_class").order_by("pk"):
        if not seeding.per_team or one.team is None:
            found.append(Recipient(one))
        elif one.team_id not in teams:
            teams.add(one.team.pk)
            found.append(Recipient(one, one.team))
    return found


def without_world(seeding: Seeding) -> list[Recipient]:
    """Return those who have none yet; two queries. A world that was deleted counts as had."""
    had = ClassWorld.objects.filter(seeding=seeding).values_list("enrollment", "team")
    known: set[tuple[int | None, int | None]] = set(had)
    return [
        one
        for one in recipients_of(seeding)
        if ((None, one.team.pk) if one.team else (one.student.pk, None)) not in known
    ]


def number_of_recipients(course_class: Class, *, per_team: bool) -> int:
    """Return how many worlds a seeding of the class comes to; one or two queries."""
    active = Enrollment.objects.filter(course_class=course_class, removed_at=None)
    if not per_team:
        return active.count()
    teams = active.exclude(team=None).values("team").distinct()
    return teams.count() + active.filter(team=None).count()
