"""Teams: made, named, joined, left, dissolved; what becomes of the worlds that they share."""

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.db.models import F, Q, QuerySet

from console.classes.models import Assignment, Class, ClassWorld, Enrollment, Team
from console.classes.resting import settle_worlds
from console.classes.terms import apply_terms
from console.labs.models import Attempt, OtherBrowser
from console.labs.rows import remove
from iam.models import Sandbox


class TeamNameTaken(ValueError):
    """Another team of the class has this name."""


def team_of_name(course_class: Class, name: str) -> Team:
    """Return a team by its name; it is made if there is none."""
    return Team.objects.get_or_create(course_class=course_class, name=name)[0]


def rename_team(team: Team, name: str) -> None:
    """Give a team another name; raises TeamNameTaken."""
    others = Team.objects.filter(course_class=team.course_class_id, name=name)
    if others.exclude(pk=team.pk).exists():
        raise TeamNameTaken(f"Another team of the class is called {name}.")
    team.name = name
    team.save(update_fields=["name"])


def teams_of(enrollments: Sequence[Enrollment]) -> QuerySet[Team]:
    return Team.objects.filter(pk__in=[one.team_id for one in enrollments if one.team_id])


def settle_teams(teams: Iterable[Team]) -> None:
    """Let teams go on that somebody left; their worlds are closed in other browsers."""
    teams = list(teams)
    OtherBrowser.objects.filter(attempt__team__in=teams).delete()
    _settle_those_with_worlds(teams)


def _settle_those_with_worlds(teams: Collection[Team]) -> None:
    worked = Attempt.objects.filter(team__in=teams).values_list("team", flat=True)
    seeded = ClassWorld.objects.filter(team__in=teams).values_list("team", flat=True)
    with_worlds = {*worked.distinct(), *seeded.distinct()}
    for team in teams:
        if team.pk in with_worlds:
            settle_team(team)


def set_team(enrollments: Sequence[Enrollment], team: Team | None) -> None:
    """Put students into a team, or take them out of theirs."""
    set_teams([(one, team) for one in enrollments])


def set_teams(wanted: Sequence[tuple[Enrollment, Team | None]]) -> None:
    """Put students of a class into teams, or take them out of theirs: all at once.

    What a team has begun stays the team's, its points too. What somebody began alone stays theirs
    and counts where it is better; they go on in the team's world.
    """
    moves = [(one, team) for one, team in wanted if one.team_id != (team.pk if team else None)]
    if not moves:
        return
    moved = [one for one, _ in moves]
    left = list(teams_of(moved))
    entered = list({team.pk: team for _, team in moves if team}.values())
    alone = [one for one, team in moves if team]
    drop_waiting(alone)  # one by one, so that nobody else waits for all of them
    with transaction.atomic():
        for one, team in moves:
            one.team = team
        Enrollment.objects.bulk_update(moved, ["team"])
        drop_waiting(alone)  # those that were made meanwhile
        settle_teams(left)
        _settle_those_with_worlds(entered)
        touched = Q(pk__in=[one.pk for one in moved]) | Q(team__in=[*left, *entered])
        _apply_terms(moved[0].course_class_id, list(Enrollment.objects.filter(touched)))


def change_extra_times(wanted: Sequence[tuple[Enrollment, int]]) -> None:
    """Set how many percent more time students of a class, and their teams, have in exams."""
    changed = [one for one, percent in wanted if percent != one.extra_time]
    if not changed:
        return
    for one, percent in wanted:
        one.extra_time = percent
    with transaction.atomic():
        Enrollment.objects.bulk_update(changed, ["extra_time"])
        _apply_terms(changed[0].course_class_id, changed)


def _apply_terms(class_pk: int, enrollments: Collection[Enrollment]) -> None:
    for assignment in Assignment.objects.filter(course_class=class_pk):
        apply_terms(assignment, enrollments)


def drop_waiting(enrollments: Sequence[Enrollment]) -> None:
    """Remove the worlds that wait for students alone, who begin in their team's."""
    waiting = Attempt.objects.filter(
        owner__in=[one.user_id for one in enrollments],
        assignment__course_class__in=[one.course_class_id for one in enrollments],
        team=None,
        waits=True,
    )
    for attempt in waiting.select_related("sandbox"):
        remove(attempt.sandbox)


def _worlds(attempts: QuerySet[Attempt], worlds: QuerySet[ClassWorld]) -> QuerySet[Sandbox]:
    keys = [*attempts.values_list("sandbox", flat=True), *worlds.values_list("sandbox", flat=True)]
    return Sandbox.objects.filter(pk__in=[key for key in keys if key])


def settle_team(team: Team) -> None:
    """Let a team's worlds belong to a member who is there; they rest while there is none.

    Called after somebody came or left: whose sandbox it is, opens it.
    """
    members = list(team.enrollments.filter(removed_at=None).order_by("pk"))
    attempts = Attempt.objects.filter(team=team)
    worlds = ClassWorld.objects.filter(team=team)
    if not members:
        attempts.update(withdrawn=True)
        settle_worlds(_worlds(attempts, worlds))
        return
    users = [one.user_id for one in members]
    astray = attempts.exclude(owner__in=users)
    strange = worlds.exclude(sandbox__owner__in=users)
    _worlds(astray, strange).update(owner=users[0])
    astray.update(owner=users[0])
    attempts.update(withdrawn=False)
    settle_worlds(_worlds(attempts, worlds))


def dissolve_team(team: Team) -> None:
    """End a team. Each of its worlds goes to the member who owns it; the others begin anew."""
    here_first = F("removed_at").asc(nulls_first=True)
    members = list(team.enrollments.order_by(here_first, "pk"))
    with transaction.atomic():
        settle_team(team)
        for attempt in Attempt.objects.filter(team=team, waits=True).select_related("sandbox"):
            remove(attempt.sandbox)
        shared = Attempt.objects.filter(team=team)
        OtherBrowser.objects.filter(attempt__in=shared).delete()
        worlds = list(shared.values_list("sandbox", flat=True))
        for attempt in shared.filter(set_aside=False):
            alone = Attempt.objects.filter(
                owner=attempt.owner_id, assignment=attempt.assignment_id, team=None
            )
            alone.filter(set_aside=False).update(set_aside=True)
            Attempt.objects.filter(pk=attempt.pk).update(team=None)
        shared.update(team=None)
        settle_worlds(Sandbox.objects.filter(pk__in=worlds))
        for world in ClassWorld.objects.filter(team=team).select_related("sandbox"):
            _leave_to_member(world, members)
        class_pk = team.course_class_id
        team.delete()
        _apply_terms(class_pk, list(Enrollment.objects.filter(pk__in=[one.pk for one in members])))


def _leave_to_member(world: ClassWorld, members: Sequence[Enrollment]) -> None:
    """Let a team's world be one member's: the owner's, else that of one who has none."""
    sandbox = world.sandbox
    if sandbox is None:
        return
    had = set(
        ClassWorld.objects.filter(seeding=world.seeding_id).values_list("enrollment", flat=True)
    )
    owner_first = sorted(members, key=lambda one: one.user_id != sandbox.owner_id)
    heir = next((one for one in owner_first if one.pk not in had), None)
    if heir is None:
        remove(sandbox)
        return
    ClassWorld.objects.filter(pk=world.pk).update(team=None, enrollment=heir)
    Sandbox.objects.filter(pk=sandbox.pk).update(owner=heir.user_id)
    settle_worlds(Sandbox.objects.filter(pk=sandbox.pk))
