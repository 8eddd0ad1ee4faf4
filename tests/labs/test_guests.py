"""Guests: how they are made, who gives way to a new one, and what becomes of their work."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from console.labs.attempts import attempt_of, begin_attempt, choices_of, go_on_with, summaries_of
from console.labs.catalog import all_labs
from console.labs.guests import (
    KEPT,
    NoRoomError,
    become_student,
    hand_over,
    make_room,
    new_guest,
    note_active,
)
from console.labs.jobs import remove_forgotten_guests
from console.labs.models import Attempt, Guest
from iam.models import Directory, Event, Sandbox
from tests.labs.test_attempts import do

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab():
    return all_labs()["same-account-role"]


@pytest.fixture
def other_lab():
    return all_labs()["update-assume-role-policy"]


def guest_with_a_world(lab, away=timedelta()):
    """Return a guest who began a lab and has been away for some time."""
    guest = new_guest()
    begin_attempt(guest, lab)
    Guest.objects.filter(user=guest).update(active_at=timezone.now() - away)
    return guest


def goes_on(user, lab) -> Attempt:
    """Return the attempt that a user goes on with."""
    attempt = attempt_of(user, lab)
    assert attempt is not None
    return attempt


def there(*guests):
    names = get_user_model().objects.filter(pk__in=[one.pk for one in guests])
    return [one in names for one in guests]


def test_nobody_can_log_in_as_a_guest():
    guest = new_guest()
    assert not guest.has_usable_password()
    assert guest.get_username().startswith("guest-")
    assert new_guest().get_username() != guest.get_username()


def test_two_guests_have_worlds_of_their_own(lab):
    ann, ben = (guest_with_a_world(lab) for _ in range(2))
    mine, theirs = goes_on(ann, lab), goes_on(ben, lab)
    assert mine.sandbox_id != theirs.sandbox_id
    assert mine.sandbox.owner == ann


def test_below_the_limit_nobody_gives_way(lab, settings):
    settings.GUEST_WORLDS = 3
    guests = [guest_with_a_world(lab, timedelta(days=days)) for days in (29, 2)]
    make_room()
    assert there(*guests) == [True, True]


def test_at_the_limit_who_has_been_away_longest_gives_way(lab, settings):
    settings.GUEST_WORLDS = 3
    guests = [guest_with_a_world(lab, timedelta(hours=hours)) for hours in (5, 9, 2)]
    gone = goes_on(guests[1], lab).sandbox_id
    make_room()
    assert there(*guests) == [True, False, True]
    assert not Sandbox.objects.filter(pk=gone).exists()
    assert not Directory.objects.filter(sandbox_id=gone).exists()
    assert not Event.in_sandbox(Sandbox(pk=gone)).exists()


def test_who_was_here_within_the_hour_stays_and_there_is_no_room(lab, settings):
    settings.GUEST_WORLDS = 2
    guests = [guest_with_a_world(lab, timedelta(minutes=minutes)) for minutes in (59, 1)]
    with pytest.raises(NoRoomError):
        make_room()
    assert there(*guests) == [True, True]


def test_calls_without_a_browser_count_as_being_here(lab, settings):
    settings.GUEST_WORLDS = 2
    busy, idle = (guest_with_a_world(lab, timedelta(hours=hours)) for hours in (8, 4))
    do(goes_on(busy, lab), lab, lab.solution.steps)
    make_room()
    assert there(busy, idle) == [True, False]
    assert timezone.now() - Guest.objects.get(user=busy).active_at < timedelta(minutes=5)


def test_a_clock_that_was_moved_does_not_make_a_call_newer(lab, settings):
    settings.GUEST_WORLDS = 2
    guests = [guest_with_a_world(lab, timedelta(hours=hours)) for hours in (8, 4)]
    moved = goes_on(guests[0], lab)
    do(moved, lab, lab.solution.steps)
    Event.in_sandbox(moved.sandbox).update(time=timezone.now() - timedelta(hours=8))
    Sandbox.objects.filter(pk=moved.sandbox_id).update(clock_offset=timedelta(days=3))
    make_room()
    assert there(*guests) == [False, True]


def test_guests_whose_browsers_have_forgotten_them_go_by_a_job(lab):
    old = [guest_with_a_world(lab, KEPT + timedelta(days=days)) for days in (1, 2)]
    young = guest_with_a_world(lab, KEPT - timedelta(days=1))
    remove_forgotten_guests.call()
    assert there(*old, young) == [False, False, True]


def test_the_worlds_of_logins_are_not_counted_and_never_go(lab, settings, alice):
    settings.GUEST_WORLDS = 1
    begin_attempt(alice, lab)
    make_room()
    assert goes_on(alice, lab).owner == alice


def test_being_here_is_noted(lab):
    guest = guest_with_a_world(lab, timedelta(days=3))
    note_active(guest)
    assert timezone.now() - Guest.objects.get(user=guest).active_at < timedelta(minutes=1)


def test_a_guest_who_chose_a_login_is_a_student_and_keeps_the_work(lab):
    guest = guest_with_a_world(lab)
    become_student(guest)
    assert not Guest.objects.exists()
    assert guest.groups.filter(name="students").exists()
    assert goes_on(guest, lab).owner == guest


def test_a_guests_attempts_move_to_a_login(lab, other_lab, alice):
    guest = guest_with_a_world(lab)
    mine = begin_attempt(alice, other_lab)
    moved = goes_on(guest, lab)
    assert hand_over(guest, alice) is False
    moved.refresh_from_db()
    assert (moved.owner, moved.sandbox.owner) == (alice, alice)
    assert goes_on(alice, other_lab) == mine
    assert there(guest) == [False]


def test_of_two_attempts_of_a_lab_both_are_kept_and_one_goes_on(lab, alice):
    guest = guest_with_a_world(lab)
    mine, theirs = begin_attempt(alice, lab), goes_on(guest, lab)
    do(theirs, lab, lab.solution.steps)
    assert hand_over(guest, alice) is True
    assert goes_on(alice, lab) == mine == begin_attempt(alice, lab)
    assert Attempt.objects.filter(owner=alice).count() == 2
    (choice,) = choices_of(alice)
    assert (choice.lab, choice.attempts) == (lab.slug, [mine, theirs])
    go_on_with(choice.attempts[1])
    assert goes_on(alice, lab) == theirs
    assert summaries_of(alice)[lab.slug].public_id == theirs.public_id
    assert choices_of(alice)[0].attempts == [theirs, mine]


def test_a_third_attempt_is_kept_too(lab, alice):
    begin_attempt(alice, lab)
    for _ in range(2):
        hand_over(guest_with_a_world(lab), alice)
    assert len(choices_of(alice)[0].attempts) == 3


def test_who_has_one_attempt_of_each_lab_has_no_choice(lab, other_lab, alice):
    begin_attempt(alice, lab)
    begin_attempt(alice, other_lab)
    assert choices_of(alice) == []
