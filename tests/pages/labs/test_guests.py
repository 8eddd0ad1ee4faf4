"""A visitor without a login: a world by POST alone, kept for the browser, and taken along."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from console.labs.attempts import values_of
from console.labs.catalog import all_labs
from console.labs.models import Attempt, Guest
from console.signin import site_throttle
from console.signin.throttle import Limit
from iam.models import Sandbox
from tests.pages.labs.conftest import logged_in
from tests.pages.visitor import text_of

pytestmark = pytest.mark.django_db

LAB = "same-account-role"
PASSWORD = "correct horse battery"
START = f"/labs/{LAB}/start"


def guest(lab=LAB):
    """Return a browser that began a lab without a login, and its attempt."""
    client = Client()
    response = client.post(f"/labs/{lab}/start")
    assert response.status_code == 302, response.content.decode()
    return client, Attempt.objects.get(public_id=response["Location"].split("/")[-2])


def urls(attempt):
    names = ("attempt", "attempt_drawer")
    return [reverse(name, args=[attempt.public_id]) for name in names]


def enter(client, attempt, user="admin"):
    fields = {"account": values_of(attempt, all_labs()[LAB])["you"], "user": user}
    return client.post("/signin/as", fields)


def test_a_visitor_begins_without_a_login():
    client, attempt = guest()
    shown = text_of(client.get(urls(attempt)[0]))
    assert "Not solved yet" in shown
    assert "This browser keeps your work for 30 days" in shown
    assert enter(client, attempt).status_code == 302
    assert client.get("/iam/").status_code == 200


def test_the_browser_is_remembered_for_thirty_days_after_each_visit():
    client, attempt = guest()
    assert client.cookies["rolecall_guest"]["max-age"] == 30 * 24 * 3600
    session = client.session
    session["guest"] -= 301
    session.save()
    Guest.objects.update(active_at=timezone.now() - timedelta(days=3))
    client.cookies["rolecall_guest"]["max-age"] = ""
    client.get(urls(attempt)[0])
    assert client.cookies["rolecall_guest"]["max-age"] == 30 * 24 * 3600
    assert timezone.now() - Guest.objects.get().active_at < timedelta(minutes=1)


def test_a_second_start_goes_on_and_another_lab_is_the_same_guests():
    client, attempt = guest()
    assert attempt.public_id in client.post(START)["Location"]
    client.post("/labs/external-id/start")
    assert Guest.objects.count() == 1
    assert Attempt.objects.filter(owner=attempt.owner).count() == 2


def test_a_crowd_of_new_guests_from_one_address_waits_and_those_who_are_here_go_on(monkeypatch):
    monkeypatch.setattr(site_throttle, "GUESTS", Limit(1, timedelta(minutes=1)))
    client, attempt = guest()
    response = Client().post(START)
    assert response.status_code == 429
    assert re.search(r"Try again in \d+ seconds?, or log in", text_of(response))
    assert attempt.public_id in client.post(START)["Location"]
    assert Client().post(START, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_two_guests_never_see_each_others_worlds():
    (ann, mine), (ben, theirs) = guest(), guest()
    for client, own, others in ((ann, mine, theirs), (ben, theirs, mine)):
        assert [client.get(url).status_code for url in urls(own)] == [200, 200]
        assert [client.get(url).status_code for url in urls(others)] == [404, 404]
        assert enter(client, others).status_code == 403
        assert enter(client, own).status_code == 302
        assert client.post(f"/sandbox/{others.sandbox_id}/restart").status_code == 404
    assert Sandbox.objects.get(pk=mine.sandbox_id).generation == 1


def no_arguments():
    """Return the addresses of the site that need nothing to be filled in."""
    found = get_resolver().reverse_dict.keys()
    names = {name for name in found if isinstance(name, str)}
    for name in sorted(names):
        possible = get_resolver().reverse_dict.getlist(name)
        if any(not params for forms, *_ in possible for _, params in forms):
            yield reverse(name)


def test_no_get_makes_a_world_or_a_guest():
    paths = [*no_arguments(), f"/labs/{LAB}/", START, "/labs/twice/", "/keep"]
    assert "/" in paths
    assert "/labs/" in paths
    for path in paths:
        for method in ("get", "head", "options"):
            assert getattr(Client(raise_request_exception=False), method)(path).status_code < 500
    assert not Sandbox.objects.exists()
    assert not get_user_model().objects.exists()


def test_a_start_needs_the_forms_token():
    client = Client(enforce_csrf_checks=True)
    assert client.post(START).status_code == 403
    assert not Sandbox.objects.exists()
    page = client.get(f"/labs/{LAB}/").content.decode()
    (token,) = re.findall(rf'action="{START}".*?value="(\w+)"', page, re.DOTALL)
    assert client.post(START, {"csrfmiddlewaretoken": token}).status_code == 302
    assert Sandbox.objects.count() == 1


def test_where_guests_are_not_let_in_the_button_leads_to_the_login(settings):
    settings.GUESTS = False
    client = Client()
    assert "Log in to start" in text_of(client.get(f"/labs/{LAB}/"))
    assert client.post(START)["Location"] == f"/login?next=/labs/{LAB}/"
    assert not Sandbox.objects.exists()


def test_who_is_a_guest_already_keeps_its_world_but_begins_no_other(settings):
    client, attempt = guest()
    settings.GUESTS = False
    assert client.get(urls(attempt)[0]).status_code == 200
    assert client.post("/labs/external-id/start")["Location"].startswith("/login")
    assert Sandbox.objects.count() == 1


def test_without_room_a_page_explains_and_no_guest_is_made(settings):
    settings.GUEST_WORLDS = 1
    guest()
    response = Client().post(START)
    assert (response.status_code, response["Retry-After"]) == (503, "3600")
    assert "Try again in an hour" in text_of(response)
    assert (Guest.objects.count(), Sandbox.objects.count()) == (1, 1)


def test_without_room_a_guest_goes_on_with_the_world_there_is(settings):
    settings.GUEST_WORLDS = 1
    client, _ = guest()
    assert client.post(START).status_code == 302
    assert client.post("/labs/external-id/start").status_code == 503


def test_a_world_that_gave_way_is_no_error_for_its_browser():
    client, attempt = guest()
    attempt.owner.delete()
    assert client.get(urls(attempt)[0])["Location"].startswith("/login")
    assert client.get("/labs/").status_code == 200
    assert client.get("/keep").status_code == 302
    assert client.post(START).status_code == 302


def test_a_guest_keeps_the_work_by_choosing_a_login():
    client, attempt = guest()
    enter(client, attempt)
    assert "A pseudonym is fine" in text_of(client.get("/keep"))
    fields = {"username": "ann", "password": PASSWORD}
    assert client.post("/keep", fields)["Location"] == "/labs/"
    shown = text_of(client.get("/labs/"))
    assert "You are logged in as ann." in shown
    assert "choose a login" not in shown
    assert client.get("/iam/").status_code == 200
    elsewhere = Client()
    elsewhere.post("/login", {"username": "ann", "password": PASSWORD})
    assert elsewhere.get(urls(attempt)[0]).status_code == 200
    assert not Guest.objects.exists()


@pytest.mark.parametrize(
    ("name", "password", "sentence"),
    [
        ("", PASSWORD, "Enter a name"),
        ("Alice", PASSWORD, "Somebody has this name already"),
        ("ann", "12345678", "entirely numeric"),
        ("a b", PASSWORD, "without spaces"),
        ("a\x00b", PASSWORD, "Null characters"),
        ("x" * 500, PASSWORD, "64 characters"),
    ],
)
def test_a_login_that_is_refused_leaves_the_guest_a_guest(name, password, sentence):
    logged_in("alice")
    client, attempt = guest()
    response = client.post("/keep", {"username": name, "password": password})
    assert response.status_code == 400
    assert sentence in text_of(response)
    assert Guest.objects.count() == 1
    assert client.get(urls(attempt)[0]).status_code == 200


def test_a_guest_may_have_a_password_made_which_is_shown_once():
    client, attempt = guest()
    page = client.post("/keep", {"username": "ann", "password": ""})
    assert "(ann)" in text_of(page)
    assert page.context["password"] in text_of(page)
    assert "no-store" in page["Cache-Control"]
    elsewhere = Client()
    elsewhere.post("/login", {"username": "ann", "password": page.context["password"]})
    assert elsewhere.get(urls(attempt)[0]).status_code == 200


def test_where_logins_come_from_teachers_alone_a_guest_stays_one(settings):
    settings.SIGN_UP = "closed"
    client, attempt = guest()
    assert "choose a login" not in text_of(client.get(urls(attempt)[0]))
    page = client.post("/keep", {"username": "ann", "password": PASSWORD})
    assert "Ask your teacher" in text_of(page)
    assert Guest.objects.count() == 1


def test_only_a_guest_chooses_a_login():
    assert Client().get("/keep")["Location"] == "/login"
    assert logged_in("alice").get("/keep")["Location"] == "/labs/"


def with_password(name):
    return get_user_model().objects.create_user(name, password=PASSWORD)


def test_logging_in_takes_the_work_and_the_open_console_along():
    alice = with_password("alice")
    client, attempt = guest()
    enter(client, attempt)
    assert "moves to the login" in text_of(client.get("/login"))
    response = client.post("/login", {"username": "alice", "password": PASSWORD, "next": "/labs/"})
    assert response["Location"] == "/labs/"
    attempt.refresh_from_db()
    assert attempt.owner == alice
    assert client.get(urls(attempt)[0]).status_code == 200
    assert client.get("/iam/").status_code == 200
    assert not Guest.objects.exists()


def test_a_login_with_an_attempt_of_the_same_lab_is_asked_which_one_to_go_on_with():
    alice = with_password("alice")
    other = Client()
    other.force_login(alice)
    mine = other.post(START)["Location"]
    client, theirs = guest()
    response = client.post("/login", {"username": "alice", "password": PASSWORD})
    assert response["Location"] == "/labs/twice/"
    page = client.get("/labs/twice/")
    assert "Which one do you want to go on with?" in text_of(page)
    assert mine in page.content.decode()
    assert "another attempt of this lab" in text_of(client.get(urls(theirs)[0]))
    assert client.post(START)["Location"] == mine
    client.post(reverse("attempt_go_on", args=[theirs.public_id]))
    assert client.post(START)["Location"] == urls(theirs)[0]
    assert client.get(mine).status_code == 200


def test_nobody_chooses_among_anothers_attempts():
    _, theirs = guest()
    url = reverse("attempt_go_on", args=[theirs.public_id])
    assert [one.post(url).status_code for one in (Client(), logged_in("bob"))] == [404, 404]
    assert Client().get("/labs/twice/")["Location"].startswith("/login")
    assert "one attempt of each lab" in text_of(logged_in("bob").get("/labs/twice/"))
