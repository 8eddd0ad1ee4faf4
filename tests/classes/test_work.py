"""Work on assignments: begun, begun anew, gone on with, handed in; teams."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from console.classes.joins import join_class
from console.classes.models import Extension, Team
from console.classes.seeding.beforehand import make_worlds
from console.classes.terms import apply_terms
from console.classes.work import (
    NotNow,
    begin_anew,
    begin_assigned,
    earlier_work,
    hand_in,
    take_back,
    tries_of,
)
from console.labs.attempts import (
    attempt_of,
    begin_attempt,
    progress_of,
    terms_of,
    visible_attempt,
)
from console.labs.catalog import all_labs
from console.labs.models import Attempt
from iam.models import Sandbox
from tests.classes.conftest import logged_in
from tests.classes.working import LAB, WRONG, assign, at, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(course_class):
    return join_class(User.objects.create_user("tom"), course_class)


def test_an_assignment_is_begun_once_with_its_terms(course_class, sam):
    assignment = assign(course_class, mode="graded", closes=at(days=1), hints=False)
    attempt = begin_assigned(sam, assignment)
    assert begin_assigned(sam, assignment) == attempt
    terms = terms_of(attempt)
    assert (terms.mode, terms.closes, terms.hints) == ("graded", assignment.closes, False)
    assert progress_of(attempt, all_labs()[LAB]).tasks[0].next_hint is None


@pytest.mark.parametrize(
    ("times", "sentence"),
    [
        ({"opens": at(hours=1)}, "not open yet"),
        ({"closes": at(hours=-1)}, "is closed"),
        ({"opens": at(hours=-2), "closes": at(hours=-1)}, "is closed"),
    ],
    ids=["early", "late", "between"],
)
def test_nobody_begins_before_it_opens_or_after_it_closes(course_class, sam, times, sentence):
    with pytest.raises(NotNow, match=sentence):
        begin_assigned(sam, assign(course_class, **times))


def test_an_extension_opens_a_closed_assignment_for_one(course_class, sam, tom):
    assignment = assign(course_class, closes=at(hours=-1))
    Extension.objects.create(assignment=assignment, enrollment=sam, closes=at(hours=1))
    assert begin_assigned(sam, assignment).owner == sam.user
    with pytest.raises(NotNow):
        begin_assigned(tom, assignment)


def test_earlier_work_is_gone_on_with_or_left_alone(course_class, sam):
    assignment, lab = assign(course_class), all_labs()[LAB]
    own = begin_attempt(sam.user, lab)
    assert earlier_work(sam, assignment) == own
    assert begin_assigned(sam, assignment, go_on_with=own) == own
    assert attempt_of(sam.user, lab) is None
    again = assign(course_class)
    assert earlier_work(sam, again) is None
    assert begin_assigned(sam, again) != own


def test_begun_anew_the_older_world_is_set_aside(course_class, sam):
    assignment = assign(course_class)
    first = begin_assigned(sam, assignment)
    second = begin_anew(sam, assignment)
    assert second != first
    assert [one.set_aside for one in tries_of(sam, assignment)] == [False, True]
    assert begin_assigned(sam, assignment) == second


def test_what_is_handed_in_can_be_taken_back_until_the_close(course_class, sam):
    assignment = assign(course_class, mode="graded", closes=at(hours=1))
    attempt = begin_assigned(sam, assignment)
    assert hand_in(attempt)
    assert not hand_in(attempt)
    assert terms_of(attempt).is_over
    assert take_back(attempt)
    assert not terms_of(attempt).is_over
    hand_in(attempt)
    assignment.closes = timezone.now()
    assignment.save()
    apply_terms(assignment)
    attempt.refresh_from_db()
    assert not take_back(attempt)


def test_changed_terms_reach_every_attempt_and_open_drawer(
    course_class, sam, tom, django_assert_num_queries
):
    assignment = assign(course_class, closes=at(hours=1))
    attempts = [begin_assigned(one, assignment) for one in (sam, tom)]
    before = {one.pk: one.seq for one in Attempt.objects.all()}
    assignment.closes = at(hours=2)
    with django_assert_num_queries(5):
        apply_terms(assignment)
    for attempt in attempts:
        attempt.refresh_from_db()
        assert terms_of(attempt).closes == assignment.closes
        assert attempt.seq == before[attempt.pk] + 1
    with django_assert_num_queries(3):
        apply_terms(assignment)


def test_a_team_shares_one_world(course_class, sam, tom):
    team = Team.objects.create(course_class=course_class, name="Red")
    for one in (sam, tom):
        one.team = team
        one.save()
    assignment = assign(course_class)
    attempt = begin_assigned(sam, assignment)
    assert begin_assigned(tom, assignment) == attempt
    assert visible_attempt(tom.user, attempt.public_id) == attempt
    clients = [logged_in(one.user) for one in (sam, tom)]
    page = f"/labs/a/{attempt.public_id}/"
    for client in clients:
        assert client.get(page).status_code == 200
    stranger = logged_in(User.objects.create_user("eve"))
    assert stranger.get(page).status_code == 404
    tom.removed_at = timezone.now()
    tom.save()
    assert clients[1].get(page).status_code == 404
    assert visible_attempt(tom.user, attempt.public_id) is None


def test_a_world_that_waits_is_nobodys_to_open(course_class, sam):
    assignment = assign(course_class, mode="exam", opens=at(hours=1))
    assert make_worlds(assignment) == 1
    assert make_worlds(assignment) == 0
    waiting = Attempt.objects.get()
    assert visible_attempt(sam.user, waiting.public_id) is None
    assignment.opens = None
    assignment.save()
    assert begin_assigned(sam, assignment) == waiting
    assert visible_attempt(sam.user, waiting.public_id) == waiting
    assert not Sandbox.objects.get().suspended
    work(waiting)


@pytest.mark.parametrize(
    ("reveals", "fails", "got"),
    [
        (["explain"], True, True),
        (["explain", "verdict"], True, False),
        (["explain", "none"], False, False),
        (["none", "explain"], True, True),
    ],
)
def test_what_a_class_reveals_holds_from_now_on(course_class, sam, reveals, fails, got):
    """Also where more was to be seen before."""
    assignment = assign(course_class)
    attempt = begin_assigned(sam, assignment)
    client, address = logged_in(sam.user), f"/labs/a/{attempt.public_id}/"
    client.get(address)
    work(attempt, WRONG)
    for reveal in reveals:
        assignment.reveal = reveal
        assignment.save()
        apply_terms(assignment)
        page = client.get(address)
    checks = page.context["view"].tasks[0].checks
    assert ("error" in {one.status for one in checks}) is fails
    assert any(one.got or one.decisive or one.message for one in checks) is got
    assert ("Decided by" in page.content.decode()) is got
