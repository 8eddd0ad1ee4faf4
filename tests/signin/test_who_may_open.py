"""Sandboxes that are not public open to their owner and to administrators: Charlie sees nothing."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from console.labs.attempts import begin_attempt, visible_attempt
from console.labs.catalog import all_labs
from console.labs.open_sandboxes import run_by
from console.labs.rules import UNRESTRICTED
from console.signin.access import may_open, may_run, sees_all
from console.signin.lab_rules import rules_for
from iam.callers import Visit
from tests.signin.browsing import Browser, open_world, text_of


@pytest.fixture
def private(db):
    return open_world("alice", public=False)


def _logged_in(name, **rights):
    tab = Browser()
    user, _ = get_user_model().objects.get_or_create(username=name)
    for right, value in rights.items():
        setattr(user, right, value)
    user.save()
    tab.client.force_login(user)
    return tab


def test_the_owner_signs_in_and_enters(private):
    alice = _logged_in("alice")
    assert alice.sign_in().status_code == 302
    assert alice.enter(private.account_id, "ann").status_code == 302
    assert alice.console().base.name == "ann"


def test_nobody_signs_in_without_a_site_login(private, tab):
    page = tab.sign_in()
    assert page.status_code == 200
    assert "needs a site login" in page.context["form"].errors["account"][0]
    assert tab.enter(private.account_id, "ann").status_code == 403
    fields = {"email": "main@example.com", "password": "Root-Battery-8"}
    assert tab.client.post("/signin/root", fields).status_code == 200
    assert not tab.consoles()


def test_charlie_sees_that_there_is_no_such_account(private):
    charlie = _logged_in("charlie")
    page = charlie.sign_in()
    assert page.context["form"].errors["account"] == ["There is no account with this ID here."]
    page = charlie.sign_in(account="lessons")
    assert page.context["form"].errors["account"] == ["There is no account with this alias here."]
    assert charlie.enter(private.account_id, "ann").status_code == 403
    assert charlie.enter(private.account_id).status_code == 403
    assert not charlie.consoles()


STAFF_OF_OLD = {"is_staff": True}
NO_LONGER_ACTIVE = {"is_superuser": True, "is_active": False}


@pytest.mark.parametrize("rights", [STAFF_OF_OLD, NO_LONGER_ACTIVE], ids=str)
def test_who_is_no_administrator_opens_sees_and_runs_nothing_of_others(private, rights):
    user = get_user_model().objects.create_user("stan", **rights)
    attempt = begin_attempt(
        get_user_model().objects.get(username="alice"), all_labs()["same-account-role"]
    )
    public = open_world("bob", "111122223334").sandbox
    request: Any = RequestFactory().get("/")
    request.user, request.session, request.visit = user, {}, Visit()
    for sandbox in (private.sandbox, attempt.sandbox):
        assert not may_open(request, sandbox)
        assert not sees_all(request, sandbox)
    assert not may_run(request, public)
    assert rules_for(request, attempt.sandbox) is not UNRESTRICTED
    assert visible_attempt(user, attempt.public_id) is None
    assert not run_by(user).exists()


def test_logging_out_of_the_site_closes_its_consoles(private):
    alice = _logged_in("alice")
    alice.sign_in()
    alice.client.post("/logout")
    assert not alice.consoles()
    assert alice.get("/switchrole").status_code == 302


def test_a_console_closes_when_its_sandbox_is_no_longer_open_to_the_visitor(world, tab):
    tab.sign_in()
    world.sandbox.public = False
    world.sandbox.save()
    page = tab.get("/switchrole")
    assert "Log in to the site to open this sandbox." in text_of(page)
    assert "console" not in page.context or page.context["console"] is None


def test_a_public_sandbox_is_entered_with_one_click(world, tab):
    assert tab.enter(world.account_id, "ann").status_code == 302
    assert tab.console().base.name == "ann"
    assert tab.enter(world.account_id).status_code == 302
    assert tab.console().is_root


@pytest.mark.parametrize(
    ("account", "user"),
    [("975050059573", "nobody"), ("975050059573", "a\0b"), ("", ""), ("x\0y", ""), ("1" * 12, "")],
)
def test_entry_as_an_unknown_user_is_refused_with_a_sentence(world, tab, account, user):
    page = tab.enter(account, user)
    assert page.status_code == 403
    assert "You could not be signed in" in text_of(page)


def test_entry_needs_a_form(world, tab):
    assert tab.get("/signin/as").status_code == 405


def test_the_site_login_leads_to_no_other_site(db, tab):
    get_user_model().objects.create_user("alice", password="Correct-Horse-7")
    fields = {"username": "alice", "password": "Correct-Horse-7", "next": "https://evil.example/"}
    assert tab.client.post("/login", fields)["Location"] == "/"
