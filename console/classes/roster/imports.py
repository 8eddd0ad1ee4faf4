"""A planned roster carried out: all of its lines, or nothing."""

from collections.abc import Sequence

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group, User
from django.db import transaction

from console.classes.audit import Deed, note_action
from console.classes.models import Class, Enrollment, EnrollmentSource, Team
from console.classes.roster.cards import make_cards
from console.classes.roster.plan import PlannedRow, RosterPlan, RowOutcome
from console.classes.roster.removal import bring_back
from console.classes.teams import change_extra_times, drop_waiting, set_teams
from console.labs.models import SiteUser
from console.labs.site_users import STUDENTS

_ENTERS = {RowOutcome.NEW, RowOutcome.JOINS}


class FaultyRoster(ValueError):
    """A line of the roster is faulty: nothing is imported."""


def import_roster(course_class: Class, teacher: User, plan: RosterPlan) -> list[Enrollment]:
    """Carry a plan out; return the enrollments with new logins, for which cards are made.

    Raises FaultyRoster, and IntegrityError if somebody took a login or a reference meanwhile.
    """
    if plan.faulty:
        raise FaultyRoster
    drop_waiting(  # one by one, so that nobody else waits for all of them
        [one.enrollment for one in plan.rows if one.enrollment is not None and one.row.team]
    )
    with transaction.atomic():
        made = _new_users([one for one in plan.rows if one.outcome is RowOutcome.NEW])
        teams = _teams(course_class, plan)
        enrollments = [
            Enrollment(
                course_class=course_class,
                user=one.user or made[one.row.login],
                team=teams.get(one.row.team),
                reference=one.row.reference,
                extra_time=one.extra_time,
                source=EnrollmentSource.ROSTER,
            )
            for one in plan.rows
            if one.outcome in _ENTERS
        ]
        Enrollment.objects.bulk_create(enrollments)
        _change(plan.rows, teams)
        new = [one for one in enrollments if one.user.username in made]
        make_cards(new)
        counts = ", ".join(f"{outcome}: {number}" for outcome, number in plan.counts.items())
        note_action(course_class, teacher, Deed.IMPORTED_A_ROSTER, f"{counts}.")
    return new


def _new_users(rows: list[PlannedRow]) -> dict[str, User]:
    """Return new site users by login; they log in once the queue has hashed their passwords."""
    users = [User(username=one.row.login, password=UNUSABLE_PASSWORD_PREFIX) for one in rows]
    User.objects.bulk_create(users)
    students = Group.objects.get_or_create(name=STUDENTS)[0]
    membership = User.groups.through
    membership.objects.bulk_create(
        [membership(user_id=user.pk, group_id=students.pk) for user in users]
    )
    names = {one.row.login: one.row.name for one in rows}
    SiteUser.objects.bulk_create(
        [
            SiteUser(user=user, display_name=names[user.username])
            for user in users
            if names[user.username]
        ]
    )
    return {user.username: user for user in users}


def _teams(course_class: Class, plan: RosterPlan) -> dict[str, Team]:
    """Return the class's teams by name, with those that the roster names for the first time."""
    teams = {team.name: team for team in Team.objects.filter(course_class=course_class)}
    named = dict.fromkeys(one.row.team for one in plan.rows if one.row.team)
    fresh = [Team(course_class=course_class, name=name) for name in named if name not in teams]
    Team.objects.bulk_create(fresh)
    return teams | {team.name: team for team in fresh}


def _change(rows: Sequence[PlannedRow], teams: dict[str, Team]) -> None:
    """Set what the lines of students who are there have; an empty cell changes nothing."""
    there = [
        (one.enrollment, one)
        for one in rows
        if one.enrollment is not None and one.outcome is not RowOutcome.SAME
    ]
    bring_back([student for student, one in there if one.outcome is RowOutcome.RETURNS])
    named = [(student, one.row.reference) for student, one in there if one.row.reference]
    for student, reference in named:
        student.reference = reference
    Enrollment.objects.bulk_update([student for student, _ in named], ["reference"])
    set_teams([(student, teams[one.row.team]) for student, one in there if one.row.team])
    change_extra_times([(student, one.extra_time) for student, one in there if one.row.extra_time])
