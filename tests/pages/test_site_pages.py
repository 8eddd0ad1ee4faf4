"""The site's own pages: start, the sandbox's clock and restart."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from console.labs.catalog import all_labs
from console.labs.models import Attempt
from console.labs.open_sandboxes import run_by
from console.labs.scenarios import DEMO, seed_scenario
from console.labs.tracks import all_tracks
from iam.models import Role, Sandbox, User
from tests.signin.browsing import Browser, open_world, text_of
from tests.worlds import make_world


@pytest.fixture
def world(db):
    return open_world()


@pytest.fixture
def ann(world):
    """A browser that ann signed in with, of the sandbox's owner."""
    tab = _logged_in("alice")
    tab.sign_in()
    return tab


@pytest.fixture
def demo(db):
    owner = get_user_model().objects.create_user("demo-student")
    return seed_scenario(DEMO.read_text(encoding="utf-8"), owner, public=True)


def _logged_in(name):
    tab = Browser()
    tab.client.force_login(get_user_model().objects.get_or_create(username=name)[0])
    return tab


def _staff():
    tab = _logged_in("teacher")
    rights = {"is_superuser": True}
    get_user_model().objects.filter(username="teacher").update(**rights)
    return tab


def test_the_start_page_has_one_button_and_then_the_labs(demo):
    page = Browser().get("/")
    shown, body = text_of(page), page.content.decode()
    assert page.status_code == 200
    assert "Start the walk-through" in shown
    assert all(lab.title in shown for lab in all_labs().values())
    assert body.count("button--primary") == 1


def test_the_start_page_shows_only_what_applies(world, ann):
    alice, nobody = text_of(ann.get("/")), text_of(Browser().get("/"))
    assert "Log in" in nobody
    assert "Sign in to the simulated console" in nobody
    assert "Log out" in alice
    assert "Log in" not in alice
    assert "Back to the console as ann" in alice
    assert "Sign in to the simulated console" not in alice


def test_the_start_page_leads_nobody_to_the_demo(demo):
    for tab in (Browser(), _logged_in("charlie")):
        page = tab.get("/")
        for account in demo.accounts:
            assert account.account_id not in page.content.decode()
            assert not any(one.password in text_of(page) for one in account.users)


def test_the_owner_of_a_sandbox_sees_with_what_to_sign_in(demo):
    page = _logged_in("demo-student").get("/")
    titles = re.findall(r"<h2[^>]*>\s*(.*?)\s*(?:<span|</h2>)", page.text)
    assert len(titles) == len(set(titles))
    assert "Sandbox: The course" in titles
    shown = text_of(page)
    for account in demo.accounts:
        assert account.account_id in shown
        for person in account.users:
            assert f"Sign in as {person.name}" in shown
            assert person.password in shown


def test_the_button_leads_on_and_then_to_the_first_lab_that_is_not_finished(db):
    walk = all_tracks()[0].labs
    tab = Browser()
    assert f'action="/labs/{walk[0].slug}/start"' in tab.get("/").content.decode()
    attempt = tab.client.post(f"/labs/{walk[0].slug}/start")["Location"]
    page = tab.get("/")
    assert "Go on with the walk-through" in text_of(page)
    assert f'href="{attempt}"' in page.content.decode()
    Attempt.objects.update(finished_at=timezone.now())
    page = tab.get("/")
    assert "Go on with the walk-through" in text_of(page)
    assert f'action="/labs/{walk[1].slug}/start"' in page.content.decode()


def test_where_guests_are_not_let_in_the_button_leads_to_the_login(db, settings):
    settings.GUESTS = False
    page = Browser().get("/").content.decode()
    assert f'href="/login?next=/labs/{all_tracks()[0].labs[0].slug}/"' in page
    assert '/start"' not in page


def test_the_passwords_that_are_printed_let_in(demo):
    for account in demo.accounts:
        for person in account.users:
            tab = Browser()
            response = tab.sign_in(person.name, person.password, account=account.account_id)
            assert response.status_code == 302
        fields = {"email": account.root_email, "password": account.root_password}
        assert Browser().client.post("/signin/root", fields).status_code == 302


def test_a_private_sandbox_is_on_its_owners_start_page_only(db):
    open_world("alice", public=False)
    assert "alice's sandbox" in text_of(_logged_in("alice").get("/"))
    for tab in (Browser(), _logged_in("charlie")):
        shown = text_of(tab.get("/"))
        assert "alice's sandbox" not in shown
        assert "975050059573" not in shown


def test_healthz_answers_ok(db):
    response = Browser().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Content-Type"] == "text/plain"


def test_the_clock_moves_forward(world, ann):
    page = ann.get("/sandbox/clock")
    assert "Move forward 1 hour" in text_of(page)
    response = ann.post("/sandbox/clock", step="1h")
    assert response["Location"] == "/sandbox/clock"
    assert "moved forward by 1 hour" in text_of(ann.get("/sandbox/clock"))
    assert Sandbox.objects.get(pk=world.sandbox.pk).clock_offset == timedelta(hours=1)


def test_the_clocks_page_leads_back_to_a_page_of_this_site_alone(world, ann):
    url = "/sandbox/clock?from=%2Fiam%2Froles"
    assert ann.post(url, step="15m")["Location"] == url
    assert '<a href="/iam/roles">Back to where you were</a>' in ann.get(url).content.decode()
    assert "Back to where" not in text_of(ann.get("/sandbox/clock?from=%2F%2Fevil.example"))


@pytest.mark.parametrize("step", ["-1h", "", "1y", "0", "\0"])
def test_the_clock_never_goes_back_or_elsewhere(world, ann, step):
    page = ann.post("/sandbox/clock", step=step)
    assert page.status_code == 400
    assert "The clock moves forward" in text_of(page)
    assert Sandbox.objects.get(pk=world.sandbox.pk).clock_offset == timedelta()


def test_moving_the_clock_by_twelve_hours_ends_the_sign_in(world, ann):
    ann.post("/sandbox/clock", step="12h")
    assert "its time is up" in text_of(ann.get("/sandbox/clock"))


def test_a_restart_asks_first_then_reloads_the_scenario_and_signs_everybody_out(demo):
    ids = [account.account_id for account in demo.accounts]
    admin, other = _logged_in("demo-student"), Browser()
    for tab in (admin, other):
        tab.enter(ids[0], "admin")
    admin.post("/sandbox/clock", step="1h")
    User.in_sandbox(demo.sandbox).filter(name="user1").delete()
    page = admin.get("/sandbox/restart")
    assert "This cannot be undone." in text_of(page)
    assert not User.in_sandbox(demo.sandbox).filter(name="user1").exists()
    response = admin.post("/sandbox/restart")
    assert response["Location"] == "/"
    assert "was started again" in text_of(admin.get("/"))
    assert User.in_sandbox(demo.sandbox).filter(name="user1").exists()
    assert Sandbox.objects.get(pk=demo.sandbox.pk).clock_offset == timedelta(hours=1)
    assert "the sandbox was started again" in text_of(other.get("/iam/"))
    for tab in (admin, other):
        assert not tab.consoles()
        assert tab.get("/iam/")["Location"].startswith("/signin")
    person = demo.accounts[0].users[1]
    assert admin.sign_in(person.name, person.password).status_code == 302


def test_a_restart_is_for_the_sandbox_of_the_console_only(demo):
    elsewhere = make_world("bob", "111122223333")
    elsewhere.add_role("Lesson")
    admin = _logged_in("demo-student")
    admin.enter(demo.accounts[0].account_id, "admin")
    admin.post("/sandbox/restart")
    assert Role.in_sandbox(elsewhere.sandbox).filter(name="Lesson").exists()
    assert Sandbox.objects.get(pk=elsewhere.sandbox.pk).generation == 1


@pytest.mark.parametrize("url", ["/sandbox/restart", "/sandbox/clock"])
def test_a_visitor_who_may_not_open_a_private_sandbox_neither_restarts_it_nor_moves_its_clock(
    db, url
):
    private = open_world("alice", public=True)
    charlie = _logged_in("charlie")
    charlie.sign_in()
    identity = charlie.identity()
    private.sandbox.public = False
    private.sandbox.save()
    page = charlie.client.post(url, {"identity": identity, "step": "1h"})
    assert page.status_code == 409
    sandbox = Sandbox.objects.get(pk=private.sandbox.pk)
    assert (sandbox.generation, sandbox.clock_offset) == (1, timedelta())


@pytest.mark.parametrize("url", ["/sandbox/restart", "/sandbox/clock", "/iam/"])
def test_pages_of_a_sandbox_ask_for_a_sign_in(world, url):
    response = Browser().get(url)
    assert response["Location"] == "/signin?next=" + url.replace("/", "%2F")


def test_a_page_that_is_not_there_answers_404_with_or_without_a_sign_in(world, ann):
    for tab in (ann, Browser()):
        page = tab.get("/nowhere")
        assert page.status_code == 404
        assert "There is no page at this address." in text_of(page)


def test_what_an_address_does_not_take_is_explained_on_a_page(client, db):
    shown = client.get(reverse("enter_as"))
    assert (shown.status_code, shown["Allow"]) == (405, "POST")
    assert "Go back and use the button there" in shown.text
    sent = client.put(reverse("labs"))
    assert (sent.status_code, sent["Allow"]) == (405, "GET, HEAD")
    assert "nothing can be sent to it" in sent.text
    assert client.head(reverse("enter_as")).status_code == 405


def test_who_is_logged_out_while_a_form_is_open_comes_back_to_the_form(client, db):
    page = "/teach/some-class/roster"
    from_there = {"HTTP_REFERER": f"http://testserver{page}"}
    for name in ("teach_bulk", "teach_message", "teach_cards_forget"):
        sent = client.post(reverse(name, args=["some-class"]), **from_there)
        assert sent["Location"] == f"/login?next={page}"
    asked = client.get(page)
    assert asked["Location"] == sent["Location"]


def test_a_panel_shows_a_forms_calls_on_the_page_after_it_and_no_secret(world, ann):
    world.add_role("Lesson", "*")
    ann.switch()
    page = ann.get("/iam/").content.decode()
    assert "aws sts assume-role" in page
    assert not re.search(r"SessionToken|SecretAccessKey", page)


@pytest.mark.parametrize("url", ["/sandbox/restart", "/sandbox/clock"])
def test_the_demo_is_run_by_the_staff_and_by_no_visitor(demo, url):
    for tab, runs in ((Browser(), False), (_logged_in("charlie"), False), (_staff(), True)):
        before = Sandbox.objects.get(pk=demo.sandbox.pk)
        tab.enter(demo.accounts[0].account_id, "admin")
        menu = tab.get("/iam/").content.decode()
        assert (f'href="{url}' in menu) is runs
        shown = tab.get(url)
        assert shown.status_code == 200
        assert ("Only an administrator of the site can" in text_of(shown)) is not runs
        assert tab.post(url, step="1h").status_code == (302 if runs else 403)
        after = Sandbox.objects.get(pk=demo.sandbox.pk)
        unchanged = (before.generation, before.clock_offset)
        assert ((after.generation, after.clock_offset) == unchanged) is not runs


@pytest.mark.parametrize("url", ["/sandbox/restart", "/sandbox/clock"])
def test_a_world_of_somebody_else_is_not_the_staffs_to_run(db, url):
    private = open_world("alice", public=False)
    staff = _staff()
    opened = reverse("admin_sandbox_open", args=[private.sandbox.pk])
    assert staff.client.post(opened, {"account": private.account_id}).status_code == 302
    staff.post(url, step="1h")
    sandbox = Sandbox.objects.get(pk=private.sandbox.pk)
    assert (sandbox.generation, sandbox.clock_offset) == (1, timedelta())


@pytest.mark.parametrize("pk", ["0", "9" * 30, "-1", "x"])
def test_no_sandbox_of_that_number_starts_again(db, pk):
    assert Browser().get(f"/sandbox/{pk}/restart").status_code == 404


def test_the_start_page_reads_no_sandbox_of_others(db, django_user_model):
    """Its own, its teams' and the public ones, each by an index: SQLite tells a scan of a table."""
    administrator = django_user_model.objects.create_superuser("ada")
    if connection.vendor == "sqlite":
        plan = run_by(administrator).filter(attempt=None).explain().splitlines()
        scans = [line for line in plan if " SCAN " in line]
        assert len(scans) == 1
        assert scans[0].endswith("USING INDEX sandbox_public")
