"""The site's log-in page: whom it slows, whom it never does, and where it leads."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from console.signin.models import FailedSignIn
from console.signin.site_throttle import GUESTS, LOOSE, address_of, wait_for_new_guest
from console.signin.throttle import FREE_ATTEMPTS, in_words
from tests.signin.browsing import PASSWORD, text_of

SLOWED = "Too many failed attempts for this user."
HOME, SCHOOL = "198.51.100.7", "203.0.113.9"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _teacher():
    get_user_model().objects.create_user("tess", password=PASSWORD)


def log_in(name="tess", password=PASSWORD, address=HOME, client=None, **more):
    fields = {"username": name, "password": password, **more}
    return (client or Client()).post("/login", fields, REMOTE_ADDR=address)


def fail(name="tess", address=HOME, client=None, times=FREE_ATTEMPTS):
    for _ in range(times):
        page = log_in(name, "wrong", address, client)
    return page


def let_strangers_fail():
    for number in range(LOOSE.free):
        fail(address=f"192.0.2.{number}", times=1)


def test_failures_slow_a_name_at_an_address_and_not_elsewhere():
    fail(address=SCHOOL)
    assert SLOWED in text_of(log_in(address=SCHOOL))
    assert log_in(address=HOME).status_code == 302


def test_failures_from_many_addresses_slow_strangers_a_little():
    let_strangers_fail()
    page = text_of(log_in())
    assert SLOWED in page
    wait = re.search(r"Try again in (\d+) second", page)
    assert wait
    assert int(wait[1]) <= LOOSE.longest.total_seconds()


def test_nobody_locks_a_teacher_out_of_a_browser_that_has_logged_in_before():
    mine = Client()
    log_in(client=mine)
    mine.post("/logout")
    let_strangers_fail()
    fail(address=HOME)
    assert log_in(client=mine).status_code == 302


@pytest.mark.parametrize("name", ["tess", "TESS"])
def test_a_known_browser_is_slowed_by_its_own_failures(name):
    mine = Client()
    log_in(client=mine)
    fail(name, client=mine)
    assert SLOWED in text_of(log_in(client=mine))
    assert log_in().status_code == 302


def test_a_browser_is_known_for_its_own_name_alone():
    get_user_model().objects.create_user("sam", password=PASSWORD)
    mine = Client()
    log_in("sam", client=mine)
    let_strangers_fail()
    assert SLOWED in text_of(log_in(client=mine))


def test_a_browser_that_makes_itself_known_is_not():
    mine = Client()
    mine.cookies["rolecall_known"] = '{"0123456789abcdef": "token"}:forged'
    let_strangers_fail()
    assert SLOWED in text_of(log_in(client=mine))


def test_a_school_is_one_address_and_is_never_slowed_as_a_whole():
    for number in range(60):
        fail(f"student-{number}", SCHOOL, times=2)
    assert log_in(address=SCHOOL).status_code == 302


def test_trying_while_one_waits_counts_for_nothing():
    fail()
    before = list(FailedSignIn.objects.values_list("failures", flat=True))
    fail()
    assert list(FailedSignIn.objects.values_list("failures", flat=True)) == before


def test_a_log_in_forgets_the_failures():
    fail(times=FREE_ATTEMPTS - 1)
    log_in()
    assert not FailedSignIn.objects.exists()


@pytest.mark.parametrize(
    ("wait", "expected"),
    [
        (1, "in 1 second"),
        (40, "in 40 seconds"),
        (90, "in 90 seconds"),
        (91, "in 2 minutes"),
        (300, "in 5 minutes"),
    ],
)
def test_the_wait_is_given_in_words(wait, expected):
    assert in_words(wait) == expected


@pytest.mark.parametrize(
    ("written", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_a_network_of_ipv6_counts_as_one_address(rf, written, counted):
    assert address_of(rf.get("/", REMOTE_ADDR=written)) == counted


def test_a_hundred_guests_come_from_one_address_and_in_the_end_wait(rf):
    waits = [wait_for_new_guest(rf.post("/", REMOTE_ADDR=SCHOOL)) for _ in range(GUESTS.free + 1)]
    assert waits[:100] == [0] * 100
    assert waits[-1] > 0
    assert wait_for_new_guest(rf.post("/", REMOTE_ADDR=HOME)) == 0


def test_a_wrong_password_is_refused_in_words_and_keeps_the_name():
    page = log_in(password="wrong")
    assert "Name and password do not match." in text_of(page)
    assert 'value="tess"' in page.content.decode()


@pytest.mark.parametrize("wanted", ["/admin/", "/admin/users/?q=ann", "/admin/inside/iam/user/"])
def test_the_administration_has_the_sites_log_in_page_and_leads_back(wanted):
    get_user_model().objects.create_superuser("root", password=PASSWORD)
    client = Client()
    page = client.get(wanted, follow=True)
    assert page.redirect_chain[-1][0].startswith("/login?next=/admin/")
    assert log_in("root", client=client, next=page.context["next"]).url == wanted
    assert client.get(wanted).status_code == 200


@pytest.mark.parametrize("page", ["/admin/login/", "/admin/inside/login/"])
def test_there_is_no_second_log_in_form(page):
    assert Client().get(page)["Location"] == "/login?next=%2Fadmin%2F"
    assert Client().post(page, {"username": "root", "password": PASSWORD}).status_code == 405


def test_no_page_is_left_by_a_next_that_leads_away():
    assert log_in(next="https://evil.example/").url == "/"
