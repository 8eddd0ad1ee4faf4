"""The drawer beside the console: for whom it is there, what it holds, what it costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from console.labs.attempts import values_of
from console.labs.catalog import all_labs
from console.labs.models import Attempt
from console.labs.scenarios import DEMO, seed_scenario
from sts.built_in import name_of
from tests.consoles import console_behind
from tests.pages.labs.conftest import begun, logged_in
from tests.pages.labs.test_attempt import solve
from tests.pages.visitor import text_of

TITLE = "First role, same account"


def drawer_in(page):
    """Return what a page's drawer says; nothing if it has none."""
    found = re.search(r'<aside[^>]*id="lab-drawer".*?</aside>', page.content.decode(), re.DOTALL)
    page.content = found[0].encode() if found else b""
    return text_of(page)


def enter(client, attempt, user="admin"):
    values = values_of(attempt, all_labs()[attempt.lab])
    fields = {"account": values["you"], "user": user}
    assert client.post(reverse("enter_as"), fields).status_code == 302


@pytest.fixture
def console(alice, attempt):
    """Alice, signed in to the world of her attempt."""
    enter(alice, attempt)
    alice.get("/iam/")
    return alice


def test_every_page_of_the_console_has_the_task_its_checks_and_who_acts(console):
    for path in ("/iam/", "/iam/roles", "/s3/", "/cloudtrail/", "/switchrole"):
        shown = drawer_in(console.get(path, follow=True))
        assert TITLE in shown
        assert "0 of 2 tasks solved" in shown
        assert "of 8 pass" in shown
        assert "You act as admin" in shown
        assert "Sign in as dev" in shown
        assert "Start again" in shown


def test_it_stays_on_pages_that_belong_to_the_world_or_could_not_be_shown(console, attempt):
    account = values_of(attempt, all_labs()[attempt.lab])["you"]
    for path in (f"/authenticator?account={account}", "/no/such/page", "/labs/a/none/"):
        shown = drawer_in(console.get(path))
        assert TITLE in shown
        assert "You act as admin" in shown


def test_the_identity_providers_pages_have_the_drawer_of_their_world(alice, attempt):
    del attempt
    provider = reverse("idp", args=[name_of(begun("saml-sign-on").sandbox).slug])
    for path in (provider, f"{provider}people"):
        shown = drawer_in(alice.get(path))
        assert all_labs()["saml-sign-on"].title in shown
        assert "You are not signed in" in shown


def test_a_click_changes_who_acts_and_leads_back(console, attempt):
    page = console.get("/iam/roles").content.decode()
    assert '<input type="hidden" name="next" value="/iam/roles">' in page
    values = values_of(attempt, all_labs()[attempt.lab])
    fields = {"account": values["you"], "user": "dev", "next": "/iam/roles"}
    assert console.post(reverse("enter_as"), fields)["Location"] == "/iam/roles"
    assert "You act as dev" in drawer_in(console.get("/iam/roles"))


def test_it_stays_through_sign_out(console):
    identity = console_behind(console).identity
    page = console.post("/signout", {"identity": identity}, follow=True)
    assert page.request["PATH_INFO"] == "/signin"
    shown = drawer_in(page)
    assert TITLE in shown
    assert "You are not signed in" in shown
    assert "AWS CLI" not in shown
    assert "Sign in as admin" in shown


def test_a_shell_acts_by_its_lines_with_the_address_that_the_browser_used(console):
    page = console.get("/iam/", headers={"Host": "localhost:8123"}).content.decode()
    for line in ("export AWS_ENDPOINT_URL=", "$Env:AWS_ENDPOINT_URL=", "SET AWS_ENDPOINT_URL="):
        assert line in page
    assert "http://localhost:8123/aws" in page


def test_a_world_of_nobodys_attempt_has_no_drawer_and_costs_no_query(console, monkeypatch):
    seeded = seed_scenario(DEMO.read_text(encoding="utf-8"), Attempt.objects.get().owner)
    account = seeded.accounts[0]
    fields = {"account": account.account_id, "user": account.users[0].name}
    console.post(reverse("enter_as"), fields)
    console.get("/iam/")
    assert drawer_in(console.get("/iam/roles")) == ""
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            console.get("/iam/roles")
        counts.append(len(queries))
        monkeypatch.setattr("console.pages.labs.drawer._drawer", lambda request: None)
    assert counts[0] == counts[1]


def test_the_drawer_costs_a_page_a_few_queries(console):
    console.get("/iam/roles")
    with CaptureQueriesContext(connection) as queries:
        console.get("/iam/roles")
    assert len([one for one in queries if "labs_" in one["sql"]]) <= 6


def test_a_poll_answers_nothing_until_something_has_changed(console, attempt):
    url = reverse("attempt_drawer", args=[attempt.public_id])
    version = re.findall(r"drawer\?version=([\w-]+)", console.get("/iam/").content.decode())[0]
    with CaptureQueriesContext(connection) as queries:
        assert console.get(url, {"version": version}).status_code == 204
    assert len(queries) == 1
    solve(attempt)
    news = console.get(url, {"version": version, "here": "/iam/roles"})
    assert news.status_code == 200
    assert "You solved this lab" in text_of(news)
    assert 'name="next" value="/iam/roles"' in news.content.decode()


def test_nobody_else_has_the_drawer(console, attempt):
    del console
    url = reverse("attempt_drawer", args=[attempt.public_id])
    teacher = logged_in("teacher", administrator=True)
    for client in (logged_in("bob"), teacher):
        assert client.get(url, {"version": "x"}).status_code == 404
    enter(teacher, attempt)
    teacher.get("/iam/")
    assert drawer_in(teacher.get("/iam/roles")) == ""


@pytest.mark.parametrize("version", ["", "x", "\x00", "9" * 5000, "1-1-1-1"])
def test_an_odd_version_is_never_an_error(console, attempt, version):
    url = reverse("attempt_drawer", args=[attempt.public_id])
    assert console.get(url, {"version": version, "here": "//evil"}).status_code == 200


def test_where_there_are_several_accounts_it_says_whose_one_acts_in(alice):
    attempt = begun("external-id")
    enter(alice, attempt, "lab-admin")
    shown = drawer_in(alice.get("/iam/roles"))
    assert "You act as lab-admin of your account" in shown
    assert "of you" not in shown.replace("of your", "")
    assert "Sign in as svc of vendor" in shown
