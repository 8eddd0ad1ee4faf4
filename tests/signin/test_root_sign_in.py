"""`/signin/root`: the account's owner, by email address."""

import pytest

from iam.models import Account, Event
from tests.signin.browsing import ROOT_PASSWORD, open_world, text_of


def _sign_in(tab, email="main@example.com", password=ROOT_PASSWORD, **more):
    return tab.client.post("/signin/root", {"email": email, "password": password, **more})


@pytest.mark.parametrize("email", ["main@example.com", " Main@Example.com "])
def test_root_signs_in_by_email(world, tab, email):
    assert _sign_in(tab, email)["Location"] == "/iam/"
    console = tab.console()
    assert console.is_root
    assert console.label == "main"


@pytest.mark.parametrize(
    ("email", "password"), [("main@example.com", "wrong"), ("no@example.com", ROOT_PASSWORD)]
)
def test_a_failed_sign_in_shows_the_same_sentence_for_both(world, tab, email, password):
    page = _sign_in(tab, email, password)
    assert "Your authentication information is incorrect. Please try again." in text_of(page)
    assert email in page.content.decode()
    assert password not in page.content.decode()


def test_an_account_without_a_root_password_lets_nobody_in(world, tab):
    Account.in_sandbox(world.sandbox).update(root_password="")
    assert _sign_in(tab, password="").status_code == 200
    assert _sign_in(tab, password="anything").status_code == 200
    assert not tab.consoles()


def test_an_email_of_two_accounts_asks_for_the_account_id(world, tab):
    open_world("bob", "111122223333")
    page = _sign_in(tab)
    assert "Enter the account ID." in page.context["form"].errors["account"][0]
    assert 'name="account"' in page.content.decode()
    assert ROOT_PASSWORD not in page.content.decode()
    assert _sign_in(tab, account="1111-2222-3333").status_code == 302
    assert tab.console().account_id == "111122223333"


@pytest.mark.parametrize("typed", ["12345", "abc", "¹²³⁴⁵⁶⁷⁸⁹⁰¹²"])
def test_a_malformed_account_id_is_reported_at_its_field(world, tab, typed):
    page = _sign_in(tab, account=typed)
    assert page.context["form"].errors["account"] == ["Account ID is a 12-digit number."]


def test_accounts_of_sandboxes_that_are_not_open_do_not_make_an_email_ambiguous(world, tab):
    open_world("bob", "111122223333", public=False)
    assert _sign_in(tab).status_code == 302
    assert tab.console().account_id == world.account_id


def test_roots_sign_in_is_recorded_as_root(world, tab):
    _sign_in(tab)
    record = Event.in_sandbox(world.sandbox).get(name="ConsoleLogin").record
    assert record["userIdentity"]["type"] == "Root"
    assert record["responseElements"] == {"ConsoleLogin": "Success"}
