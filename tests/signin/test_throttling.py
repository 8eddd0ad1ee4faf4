"""Failed sign-ins are slowed down per account and user name, never by address, never for good."""

from datetime import timedelta

import pytest
from django.utils import timezone

from console.signin.models import FailedSignIn
from console.signin.throttle import (
    FREE_ATTEMPTS,
    LONGEST_WAIT,
    note_failure,
    note_success,
    seconds_to_wait,
)
from tests.signin.browsing import Browser, add_person, open_world, text_of

SLOWED = "Too many failed attempts for this user."
pytestmark = pytest.mark.django_db


def _fail(tab, times=FREE_ATTEMPTS, **typed):
    for _ in range(times):
        page = tab.sign_in(**{"password": "wrong", **typed})
    return page


def _earlier(**by):
    for row in FailedSignIn.objects.all():
        FailedSignIn.objects.filter(pk=row.pk).update(last_at=row.last_at - timedelta(**by))


def test_the_first_failures_cost_nothing_and_then_even_the_right_password_waits(world, tab):
    assert SLOWED not in text_of(_fail(tab))
    page = tab.sign_in()
    assert SLOWED in text_of(page)
    assert not tab.consoles()


def test_the_wait_ends(world, tab):
    _fail(tab)
    _earlier(seconds=2)
    assert tab.sign_in().status_code == 302
    assert not FailedSignIn.objects.exists()


def test_the_wait_grows_and_has_an_end():
    now, waits = timezone.now(), []
    for _ in range(30):
        note_failure(now, "account", "ann")
        waits.append(seconds_to_wait(now, "account", "ann"))
    assert waits[: FREE_ATTEMPTS - 1] == [0] * (FREE_ATTEMPTS - 1)
    assert waits[FREE_ATTEMPTS - 1 : FREE_ATTEMPTS + 3] == [2, 4, 8, 16]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT.total_seconds()


def test_nobody_waits_for_a_try_that_came_a_moment_later():
    """Thirty who begin at once count at once: one of them reads what another has just written."""
    now = timezone.now()
    note_failure(now + timedelta(milliseconds=30), "guest", "203.0.113.7")
    assert seconds_to_wait(now, "guest", "203.0.113.7") == 0


def test_trying_while_one_waits_does_not_lengthen_the_wait(world, tab):
    _fail(tab)
    before = FailedSignIn.objects.get().failures
    _fail(tab)
    assert FailedSignIn.objects.get().failures == before


def test_other_users_and_other_accounts_from_the_same_address_are_not_slowed(world, tab):
    add_person(world, "bob")
    open_world("carol", "111122223333")
    _fail(tab)
    assert tab.sign_in("bob").status_code == 302
    assert Browser().sign_in(account="111122223333").status_code == 302


def test_another_browser_is_slowed_for_the_same_user_however_the_name_is_written(world, tab):
    _fail(tab, name="ann")
    for name, account in (("ANN", "lessons"), (" ann ", "9750-5005-9573")):
        assert SLOWED in text_of(Browser().sign_in(name, account=account))


def test_a_user_who_does_not_exist_is_slowed_alike(world, tab):
    _fail(tab, name="nobody")
    assert SLOWED in text_of(tab.sign_in("nobody"))


def test_a_success_forgets_the_failures(world, tab):
    _fail(tab, times=FREE_ATTEMPTS - 1)
    tab.sign_in()
    assert SLOWED not in text_of(_fail(tab, times=FREE_ATTEMPTS - 1))


def test_failures_an_hour_old_are_forgotten_and_leave_no_row():
    now = timezone.now()
    for _ in range(20):
        note_failure(now, "account", "ann")
    later = now + timedelta(hours=1, seconds=1)
    note_failure(later, "account", "bob")
    assert FailedSignIn.objects.count() == 1
    assert seconds_to_wait(later, "account", "ann") == 0


def test_a_success_is_noted_for_one_user_only():
    now = timezone.now()
    for name in ("ann", "bob"):
        for _ in range(FREE_ATTEMPTS):
            note_failure(now, "account", name)
    note_success("account", "ann")
    assert seconds_to_wait(now, "account", "ann") == 0
    assert seconds_to_wait(now, "account", "bob") > 0


def test_moving_the_sandboxs_clock_does_not_end_a_wait(world, tab):
    _fail(tab)
    world.sandbox.clock_offset = timedelta(days=1)
    world.sandbox.save()
    assert SLOWED in text_of(tab.sign_in())


def test_root_is_slowed_by_account_whatever_else_is_typed(world, tab):
    def attempt(**typed):
        fields = {"email": "main@example.com", "password": "wrong", **typed}
        return text_of(tab.client.post("/signin/root", fields))

    for n in range(FREE_ATTEMPTS):
        attempt(account="" if n % 2 else world.account_id)
    assert SLOWED in attempt()
    assert SLOWED in attempt(account="9750-5005-9573")
    assert tab.sign_in().status_code == 302
