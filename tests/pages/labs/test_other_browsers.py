"""*Open in another browser*: a link that works once, and what it opens."""

import re
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from console.labs.attempts import begin_attempt, values_of
from console.labs.catalog import all_labs
from console.labs.models import HintUse, OtherBrowser
from iam.models import Sandbox
from tests.pages.labs.conftest import logged_in
from tests.pages.visitor import text_of

TEN_MINUTES = 600


def url(attempt, name="attempt", *more):
    return reverse(name, args=[attempt.public_id, *more])


def link(owner, attempt):
    """Return the address of a new link, as the owner's page shows it."""
    page = owner.post(url(attempt, "attempt_browsers"))
    assert page.status_code == 200
    return re.findall(r"http://testserver(/labs/open/[^\s\"<]+)", page.content.decode())[0]


def opened(owner, attempt):
    """Return another browser in which the world is open."""
    other = Client()
    assert other.post(link(owner, attempt))["Location"] == url(attempt)
    return other


def enter(client, attempt, user="dev"):
    fields = {"account": values_of(attempt, all_labs()[attempt.lab])["you"], "user": user}
    return client.post("/signin/as", fields)


def test_the_attempts_page_leads_to_a_link_and_its_code(alice, attempt):
    assert "Open in another browser" in text_of(alice.get(url(attempt)))
    page = alice.post(url(attempt, "attempt_browsers"))
    assert 'src="data:image/svg+xml' in page.content.decode()
    assert "It works once, for ten minutes." in text_of(page)


def test_a_link_asks_first_and_then_opens_the_world(alice, attempt):
    address, other = link(alice, attempt), Client()
    for _ in range(2):
        assert "Open this lab" in text_of(other.get(address))
    assert other.get(url(attempt))["Location"].startswith("/login")
    assert other.post(address)["Location"] == url(attempt)
    page = other.get(url(attempt))
    assert "Not solved yet" in text_of(page)
    assert "You opened this world from another browser." in text_of(page)
    assert enter(other, attempt).status_code == 302
    page = other.get("/iam/")
    assert page.status_code == 200
    assert "lab-drawer" in page.content.decode()


def test_a_link_needs_the_forms_token(alice, attempt):
    address, other = link(alice, attempt), Client(enforce_csrf_checks=True)
    assert other.post(address).status_code == 403
    page = other.get(address).content.decode()
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert other.post(address, {"csrfmiddlewaretoken": token}).status_code == 302


def test_a_link_works_once(alice, attempt):
    address = link(alice, attempt)
    Client().post(address)
    third = Client()
    for response in (third.get(address), third.post(address)):
        assert response.status_code == 410
        assert "A link works once, within ten minutes." in text_of(response)
    assert third.get(url(attempt))["Location"].startswith("/login")


def test_a_link_works_for_ten_minutes(alice, attempt, monkeypatch):
    address, other = link(alice, attempt), Client()
    for later, status in ((TEN_MINUTES - 5, 200), (TEN_MINUTES + 5, 410)):
        now = time.time() + later
        monkeypatch.setattr(signing, "time", SimpleNamespace(time=lambda now=now: now))
        assert other.get(address).status_code == status
    assert other.post(address).status_code == 410


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "x" * 500, "ü"])
def test_a_link_that_nobody_made_opens_nothing(db, token):
    for response in (Client().get(f"/labs/open/{token}/"), Client().post(f"/labs/open/{token}/")):
        assert response.status_code == 410


def test_a_changed_link_opens_nothing(alice, attempt):
    address = link(alice, attempt)
    key, rest = address.removeprefix("/labs/open/").split(":", 1)
    other = "b" * len(key) if key[0] == "a" else "a" * len(key)
    assert Client().post(f"/labs/open/{other}:{rest}").status_code == 410


def test_the_owners_own_browser_does_not_use_the_link_up(alice, attempt):
    address = link(alice, attempt)
    assert alice.post(address)["Location"] == url(attempt)
    assert Client().post(address)["Location"] == url(attempt)


def test_the_other_browser_does_what_the_drawer_offers(alice, attempt):
    other = opened(alice, attempt)
    other.post(url(attempt, "attempt_hint"), {"task": "build", "number": "1"})
    assert HintUse.objects.count() == 1
    assert other.post(url(attempt, "attempt_restart")).status_code == 302
    assert Sandbox.objects.get(pk=attempt.sandbox_id).generation == 2
    enter(other, attempt, "admin")
    assert "Move forward" in text_of(other.get("/sandbox/clock"))


def test_the_other_browser_gets_this_world_and_nothing_else(alice, attempt):
    owner = get_user_model().objects.get(username="alice")
    more = begin_attempt(owner, all_labs()["external-id"])
    other = opened(alice, attempt)
    assert other.get(url(more)).status_code == 404
    fields = {"account": values_of(more, all_labs()[more.lab])["you"], "user": "lab-admin"}
    assert other.post("/signin/as", fields).status_code == 403
    assert f'href="{url(attempt)}"' not in other.get("/labs/").content.decode()
    assert other.get("/labs/me/")["Location"].startswith("/login")
    assert other.post(url(attempt, "attempt_browsers")).status_code == 404
    assert other.post(url(attempt, "attempt_go_on")).status_code == 404
    browser = OtherBrowser.objects.get(opened_at__isnull=False)
    end = url(attempt, "attempt_browser_end", browser.pk)
    assert other.post(end).status_code == 404


def test_the_owner_closes_the_world_in_the_other_browser(alice, attempt):
    first, second = opened(alice, attempt), opened(alice, attempt)
    for other in (first, second):
        enter(other, attempt)
        assert other.get("/iam/").status_code == 200
    page = alice.get(url(attempt, "attempt_browsers")).content.decode()
    ends = re.findall(r'action="([^"]+/end)"', page)
    assert len(ends) == 2
    assert alice.post(ends[1])["Location"] == url(attempt, "attempt_browsers")
    assert first.get(url(attempt))["Location"].startswith("/login")
    assert "Log in to the site to open this sandbox." in text_of(first.get("/iam/"))
    assert second.get("/iam/").status_code == 200
    assert alice.post(ends[1]).status_code == 404


def test_the_world_is_closed_after_thirty_days(alice, attempt):
    other = opened(alice, attempt)
    assert other.cookies["rolecall_session"]["max-age"] == 30 * 24 * 3600
    assert other.get(url(attempt)).status_code == 200
    OtherBrowser.objects.update(opened_at=timezone.now() - timedelta(days=30, seconds=1))
    assert other.get(url(attempt)).status_code == 302
    assert "not open in any other browser" in text_of(alice.get(url(attempt, "attempt_browsers")))


def test_a_login_of_somebody_else_keeps_the_world_open_beside_it(alice, attempt):
    bob = logged_in("bob")
    bob.post(link(alice, attempt))
    assert bob.get(url(attempt)).status_code == 200
    assert f'href="{url(attempt)}"' not in bob.get("/labs/").content.decode()
    attempt.refresh_from_db()
    assert attempt.owner.get_username() == "alice"


def test_nobody_makes_links_to_anothers_world(alice, attempt):
    del alice
    staff = logged_in("teacher", administrator=True)
    for client in (Client(), logged_in("bob"), staff):
        for method in (client.get, client.post):
            assert method(url(attempt, "attempt_browsers")).status_code == 404
    assert "Open in another browser" not in text_of(staff.get(url(attempt)))
    assert not OtherBrowser.objects.exists()


def test_there_are_ten_other_browsers_at_most(alice, attempt):
    links = [link(alice, attempt) for _ in range(11)]
    assert OtherBrowser.objects.count() == 10
    assert Client().get(links[0]).status_code == 410
    assert Client().get(links[1]).status_code == 200


def test_a_page_costs_no_query_more_without_other_browsers(
    alice, attempt, django_assert_max_num_queries
):
    other = opened(alice, attempt)
    for client in (alice, other):
        client.get(url(attempt))
    with django_assert_max_num_queries(100) as own:
        alice.get(url(attempt))
    with django_assert_max_num_queries(len(own)):
        other.get(url(attempt))
