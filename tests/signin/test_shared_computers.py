"""How long a login lasts: on one's own computer, on a shared one, as a guest."""

import re
from http.cookies import Morsel
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from console.classes.staff import new_class
from console.labs.guests import KEPT, new_guest
from console.labs.models import Guest
from console.signin import shared_computers
from console.signin.shared_computers import IDLE
from tests.classes.conftest import instructor
from tests.signin.browsing import PASSWORD, text_of

pytestmark = pytest.mark.django_db
FIVE_MINUTES = 300


@pytest.fixture(autouse=True)
def _guests(settings):
    settings.GUESTS = True
    settings.SIGN_UP = "open"


@pytest.fixture
def ann():
    return User.objects.create_user("ann", password=PASSWORD)


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test moves: a list with one time, in seconds."""
    now = [1_000_000.0]
    monkeypatch.setattr(shared_computers, "time", lambda: now[0])
    return now


def cookie(client: Client, name: str = "rolecall_session") -> "Morsel[Any]":
    return client.cookies[name]


def log_in(client, **more):
    client.post("/login", {"username": "ann", "password": PASSWORD, **more})


def is_logged_in(client):
    return client.get("/account").status_code == 200


def join(client, ann, **more):
    course_class = new_class(instructor("tess"), "7b", "UTC")
    del ann
    page = reverse("join_class", args=[course_class.join_code])
    client.post(page, {"username": "new", "password": "wolf-otter-42", **more})


def sign_up(client, ann, **more):
    del ann
    client.post("/signup", {"username": "new", "password": "wolf-otter-42", **more})


def keep(client, ann, **more):
    del ann
    client.post("/labs/same-account-role/start")
    client.post("/keep", {"username": "new", "password": "wolf-otter-42", **more})


def typed_login(client, ann, **more):
    del ann
    log_in(client, **more)


WAYS_IN = [typed_login, join, sign_up, keep]


@pytest.mark.parametrize("way_in", WAYS_IN)
def test_a_login_on_a_shared_computer_ends_with_the_browser(ann, way_in):
    client = Client()
    way_in(client, ann, shared="on")
    assert is_logged_in(client)
    assert not cookie(client)["max-age"]
    assert "rolecall_known" not in client.cookies


@pytest.mark.parametrize("way_in", WAYS_IN)
def test_a_login_on_ones_own_computer_outlasts_the_browser(ann, way_in):
    client = Client()
    way_in(client, ann)
    assert is_logged_in(client)
    assert int(cookie(client)["max-age"]) > IDLE


@pytest.mark.parametrize(
    ("away", "times", "still"),
    [(IDLE + 1, 1, False), (IDLE - 1, 1, True), (IDLE - 1, 5, True), (FIVE_MINUTES + 1, 3, True)],
)
def test_a_login_on_a_shared_computer_ends_after_eight_hours_without_a_visit(
    ann, clock, away, times, still
):
    client = Client()
    log_in(client, shared="on")
    for _ in range(times):
        clock[0] += away
        client.get("/labs/")
    assert is_logged_in(client) is still


def test_a_page_that_asks_for_news_by_itself_is_no_visit(ann, clock):
    client = Client()
    log_in(client, shared="on")
    clock[0] += IDLE - 1
    client.get("/teach/x/changes", headers={"HX-Request": "true"})
    clock[0] += 2
    assert not is_logged_in(client)


def test_who_logs_in_again_without_the_box_stays(ann, clock):
    client = Client()
    log_in(client, shared="on")
    log_in(client)
    clock[0] += IDLE + 1
    assert is_logged_in(client)


def guest_in(client):
    client.post("/labs/same-account-role/start")
    return Guest.objects.get().user


def test_a_guest_is_let_in_again_by_a_cookie_of_its_own_when_the_session_is_gone():
    client = Client()
    guest = guest_in(client)
    assert int(cookie(client, "rolecall_guest")["max-age"]) == KEPT.total_seconds()
    del client.cookies["rolecall_session"]
    assert client.get("/labs/").context["user"] == guest


@pytest.mark.parametrize("value", ["", "x", "MQ:1abcde:x", "1"])
def test_no_cookie_that_we_did_not_make_lets_anybody_in(value):
    new_guest()
    client = Client()
    client.cookies["rolecall_guest"] = value
    assert not client.get("/labs/").context["user"].is_authenticated


def test_a_guest_who_logs_in_or_out_is_a_guest_no_longer(ann):
    client = Client()
    guest_in(client)
    client.post("/logout")
    assert not client.get("/labs/").context["user"].is_authenticated
    guest = Client()
    guest.post("/labs/same-account-role/start")
    log_in(guest, shared="on")
    assert not guest.cookies["rolecall_guest"].value
    del guest.cookies["rolecall_session"]
    assert not is_logged_in(guest)


def test_log_out_everywhere_ends_every_session_of_the_login_and_no_other(ann):
    here, there, other = Client(), Client(), Client()
    for client in (here, there):
        log_in(client)
    other.force_login(User.objects.create_user("ben"))
    assert "logged out in every browser" in text_of(
        here.post("/account/log-out-everywhere", follow=True)
    )
    assert [is_logged_in(one) for one in (here, there, other)] == [False, False, True]
    log_in(there)
    assert is_logged_in(there)


def test_logging_out_is_asked_for_and_a_guest_is_warned(ann):
    client, guest = Client(), Client()
    log_in(client)
    assert "ann" in text_of(client.get("/logout"))
    guest_in(guest)
    assert "You will lose your work here" in text_of(guest.get("/logout"))
    assert Client().get("/logout").status_code == 302


@pytest.mark.parametrize("url", ["/", "/labs/", "/account", "/help/", "/signin", "/nowhere"])
def test_every_page_of_somebody_logged_in_leads_to_the_log_out(ann, url):
    client = Client()
    log_in(client)
    assert 'href="/logout"' in client.get(url).content.decode()


@pytest.mark.parametrize(
    "url", ["/login", "/signup", "/account/password", "/signin", "/signin/root"]
)
def test_pages_with_a_password_are_kept_nowhere(ann, url):
    client = Client()
    if url.startswith("/account"):
        log_in(client)
    page = client.get(url)
    assert 'type="password"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_page_that_shows_a_password_is_kept_nowhere():
    client = Client()
    page = client.post("/signup", {"username": "new", "password": ""})
    password = page.context["password"]
    assert password in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    attempt = re.sub(r"/drawer.*", "/", client.post("/labs/same-account-role/start")["Location"])
    assert "no-store" in client.get(attempt, follow=True)["Cache-Control"]
