"""Sandboxes that are not public open to their owner and to staff: Charlie sees nothing."""

import pytest
from django.contrib.auth import get_user_model

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
