"""Teams share worlds: who comes works in them, who leaves does not, and nothing is lost."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from console.classes.joins import join_class
from console.classes.models import AuditEntry, Enrollment, Team
from console.classes.roster.removal import bring_back, remove_students
from console.classes.scores import scores_of
from console.classes.seeding.beforehand import make_worlds
from console.classes.teams import dissolve_team, set_team, team_of_name
from console.classes.work import attempt_on, begin_assigned
from console.labs.attempts import bring_up_to_date, terms_of, visible_attempt
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt
from tests.classes.conftest import logged_in
from tests.classes.working import assign, at, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(course_class):
    return join_class(User.objects.create_user("tom"), course_class)


@pytest.fixture
def red(course_class, sam, tom):
    team = team_of_name(course_class, "Red")
    set_team([sam, tom], team)
    return team


@pytest.fixture
def shared(course_class, sam, red):
    """Return what the team has begun; it is Sam's sandbox."""
    return begin_assigned(sam, assign(course_class))


def solve(attempt):
    work(attempt)
    lab = lab_of(attempt)
    assert lab
    bring_up_to_date(attempt, lab)
    attempt.refresh_from_db()
    assert attempt.points > 0


def opens(enrollment, attempt):
    """Return whether a student opens an attempt: its page, and its world."""
    user = User.objects.get(pk=enrollment.user_id)
    page = logged_in(user).get(reverse("attempt", args=[attempt.public_id]))
    return page.status_code == 200 and visible_attempt(user, attempt.public_id) is not None


def points(enrollment, attempt):
    enrollment.refresh_from_db()
    return scores_of([attempt.assignment], [enrollment])[
        attempt.assignment_id, enrollment.pk
    ].points


@pytest.mark.parametrize(
    "leave", [lambda one: set_team([one], None), lambda one: remove_students([one])]
)
def test_who_leaves_a_team_does_not_open_its_world_even_as_its_owner(sam, tom, shared, leave):
    assert opens(sam, shared)
    assert opens(tom, shared)
    leave(sam)
    assert (opens(sam, shared), opens(tom, shared)) == (False, True)
    shared.refresh_from_db()
    assert shared.owner == shared.sandbox.owner == tom.user
    assert not shared.sandbox.suspended


def test_a_team_that_everybody_left_rests_until_somebody_returns(sam, tom, shared):
    remove_students([sam, tom])
    shared.sandbox.refresh_from_db()
    assert shared.sandbox.suspended
    bring_back([sam])
    assert opens(sam, shared)
    assert not opens(tom, shared)


def test_who_comes_into_a_team_goes_on_in_its_world_and_own_work_stays(course_class, sam, tom):
    assignment = assign(course_class)
    alone = begin_assigned(tom, assignment)
    solve(alone)
    team = team_of_name(course_class, "Red")
    set_team([sam], team)
    shared = begin_assigned(sam, assignment)
    set_team([tom], team)
    tom.refresh_from_db()
    assert attempt_on(tom, assignment) == shared
    assert points(tom, alone) == alone.points > points(sam, shared)


def test_a_world_that_waits_for_one_alone_goes_when_the_team_has_one(course_class, sam, tom):
    assignment = assign(course_class, mode="exam", opens=at(hours=1))
    assert make_worlds(assignment) == 2
    set_team([sam, tom], team_of_name(course_class, "Red"))
    assert not Attempt.objects.exists()
    assert make_worlds(assignment) == 1
    assert Attempt.objects.get(team__name="Red").waits


def test_a_team_has_the_extra_time_of_its_members(course_class, sam, tom, shared):
    assignment = shared.assignment
    assignment.mode, assignment.opens, assignment.closes = "exam", at(hours=-1), at(hours=1)
    assignment.save()
    join_class(User.objects.create_user("ida"), course_class)
    Enrollment.objects.filter(user__username="ida").update(extra_time=50)
    set_team([Enrollment.objects.get(user__username="ida")], shared.team)
    shared.refresh_from_db()
    assert terms_of(shared).closes == assignment.closes + (assignment.closes - assignment.opens) / 2


def test_a_dissolved_teams_world_is_its_owners_and_the_others_begin_anew(sam, tom, shared, red):
    solve(shared)
    dissolve_team(red)
    shared.refresh_from_db()
    assert shared.team is None
    for one in (sam, tom):
        one.refresh_from_db()
    assert (attempt_on(sam, shared.assignment), attempt_on(tom, shared.assignment)) == (
        shared,
        None,
    )
    assert points(sam, shared) == shared.points
    assert not opens(tom, shared)


def test_a_dissolved_teams_owner_with_own_work_goes_on_in_the_teams(course_class, sam, tom):
    assignment = assign(course_class)
    alone = begin_assigned(sam, assignment)
    team = team_of_name(course_class, "Red")
    set_team([sam, tom], team)
    shared = begin_assigned(tom, assignment)
    Attempt.objects.filter(pk=shared.pk).update(owner=sam.user)
    dissolve_team(team)
    alone.refresh_from_db()
    assert alone.set_aside
    assert not Team.objects.exists()


def page(name, course_class, *more):
    return reverse(name, args=[course_class.public_id, *more])


def test_a_team_is_made_filled_renamed_and_dissolved_in_the_browser(course_class, tess, sam, tom):
    client = logged_in(tess)
    client.post(page("teach_teams", course_class), {"name": "Red"})
    team = Team.objects.get()
    own = (course_class, team.public_id)
    both = {"student": [sam.public_id, tom.public_id], "do": "in"}
    client.post(page("teach_team_members", *own), both)
    assert team.enrollments.count() == 2
    client.post(page("teach_team", *own), {"name": "Blue"})
    listed = client.get(page("teach_teams", course_class)).content.decode()
    assert "Blue" in listed
    assert "sam, tom" in listed
    client.post(page("teach_team_members", *own), {"student": sam.public_id, "do": "out"})
    assert [one.user.username for one in team.enrollments.all()] == ["tom"]
    sam.refresh_from_db()
    client.post(page("teach_team_members", *own), both)
    begin_assigned(Enrollment.objects.get(pk=sam.pk), assign(course_class))
    asked = client.get(page("teach_team_dissolve", *own)).content.decode()
    assert "sam keeps it" in asked
    client.post(page("teach_team_dissolve", *own))
    assert not Team.objects.exists()
    actions = AuditEntry.objects.values_list("action", flat=True)
    assert set(actions) == {"made a team", "set a team", "renamed a team", "dissolved a team"}


def test_two_teams_have_two_names(course_class, tess, red):
    client = logged_in(tess)
    assert client.post(page("teach_teams", course_class), {"name": "Red"}).status_code == 400
    blue = team_of_name(course_class, "Blue")
    refused = client.post(page("teach_team", course_class, blue.public_id), {"name": "Red"})
    assert "Another team of the class is called Red" in refused.content.decode()
    assert {one.name for one in Team.objects.all()} == {"Red", "Blue"}
