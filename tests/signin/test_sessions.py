"""Up to five sessions in one tab, each with a console of its own under /c/<id>/."""

import re

import pytest

from tests.signin.browsing import add_person, text_of


@pytest.fixture
def two(world, tab):
    """A tab with sessions of ann and bob; returns their IDs."""
    add_person(world, "bob")
    tab.sign_in("ann")
    tab.sign_in("bob", add="on")
    return tab.consoles()


def test_a_sign_in_replaces_the_present_one_unless_it_is_to_be_added(world, tab):
    add_person(world, "bob")
    tab.sign_in("ann")
    tab.sign_in("bob")
    assert len(tab.consoles()) == 1
    assert tab.console().base.name == "bob"
    tab.sign_in("ann", add="on")
    assert len(tab.consoles()) == 2


def test_a_sixth_session_is_refused(world, tab):
    for _ in range(5):
        tab.sign_in(add="on")
    page = tab.sign_in(add="on")
    assert page.status_code == 409
    assert "Session limit reached" in text_of(page)
    assert len(tab.consoles()) == 5
    assert tab.sign_in().status_code == 302
    assert len(tab.consoles()) == 5


def test_each_console_acts_as_itself_under_its_own_address(tab, two):
    ann, bob = two
    assert tab.console(f"/c/{ann}").base.name == "ann"
    assert tab.console(f"/c/{bob}").base.name == "bob"
    assert tab.console().base.name == "ann"


def test_links_and_forms_of_a_console_keep_its_address(tab, two):
    page = tab.get(f"/c/{two[0]}/iam/").content.decode()
    links = set(re.findall(r'(?:href|action|hx-get|hx-post)="(/[^"]*)"', page))
    kept = {link for link in links if link.startswith(f"/c/{two[0]}/")}
    shared = ("/static/", f"/c/{two[1]}/")
    others = {link for link in links - kept if not link.startswith(shared)}
    assert f"/c/{two[0]}/iam/roles" in kept
    assert f"/c/{two[0]}/switchrole" in kept
    assert not others


def test_the_address_of_one_request_does_not_leak_into_the_next(tab, two):
    tab.get(f"/c/{two[0]}/iam/")
    assert f"/c/{two[0]}/iam/roles" not in tab.get("/iam/").content.decode()


def test_a_click_on_another_identity_asks_whether_to_keep_the_first(world, tab):
    add_person(world, "bob")
    tab.sign_in("ann")
    opened = {"user": "bob", "ask": "1"}
    page = tab.enter(world.account_id, **opened)
    assert "Keep ann signed in?" in text_of(page)
    assert tab.console().base.name == "ann"
    assert tab.enter(world.account_id, user="ann", ask="1").status_code == 302
    answer = tab.enter(world.account_id, **opened, add="on")
    added = tab.consoles()[-1]
    assert answer["Location"] == f"/c/{added}/iam/"
    assert [tab.console(f"/c/{added}").base.name, tab.console().base.name] == ["bob", "ann"]
    tab.enter(world.account_id, **opened, add="no")
    assert tab.console().base.name == "bob"


def test_the_menu_offers_the_other_sessions(tab, two):
    page = tab.get(f"/c/{two[0]}/iam/")
    (other,) = page.context["console"].others
    assert (other.label, other.url) == ("bob", f"/c/{two[1]}/iam/")
    assert f'href="{other.url}"' in page.content.decode()


def test_the_menu_names_another_session_by_the_role_that_is_active_there(world, tab, two):
    world.add_role("Lesson", "*")
    answer = tab.post("/switchrole", f"/c/{two[1]}", account=world.account_id, roleName="Lesson")
    assert answer["Location"] == f"/c/{two[1]}/console/"
    (other,) = tab.console(f"/c/{two[0]}").others
    assert other.label == f"Lesson @ {world.account_id}"


def test_signing_out_of_one_leaves_the_others(tab, two):
    ann, bob = two
    response = tab.post("/signout", f"/c/{bob}")
    assert response["Location"] == "/signin?account=975050059573"
    assert tab.consoles() == [ann]
    assert tab.console().base.name == "ann"


def test_the_address_of_a_signed_out_console_reports_that_and_links_to_another(world, tab, two):
    ann, bob = two
    tab.post("/signout", f"/c/{bob}")
    page = tab.get(f"/c/{bob}/iam/")
    assert "This session is signed out." in text_of(page)
    back = page.context["url"]
    page = tab.client.get(back)
    response = tab.client.post(
        back.partition("?")[0],
        {
            "account": world.account_id,
            "username": "bob",
            "password": "Correct-Horse-7",
            "next": page.context["next"],
        },
    )
    assert response["Location"] == "/iam/"
    assert tab.console().base.name == "bob"
    assert ann in tab.consoles()


def test_a_form_of_a_signed_out_console_is_not_sent_as_another(world, tab, two):
    bob = two[1]
    world.add_role("Lesson", "*")
    identity = tab.identity(f"/c/{bob}")
    tab.post("/signout", f"/c/{bob}")
    typed = {"identity": identity, "account": world.account_id, "roleName": "Lesson"}
    for address in (f"/c/{bob}/switchrole", "/switchrole"):
        page = tab.client.post(address, typed)
        assert page.status_code == 409
        assert "Lesson" in text_of(page)
    assert not tab.console().is_role


def test_signing_out_asks_first_and_is_a_form(tab, two):
    page = tab.get("/signout")
    assert "Other sessions stay signed in" in text_of(page)
    assert len(tab.consoles()) == 2


def test_a_sign_out_of_another_consoles_form_signs_nobody_out(tab, two):
    identity = tab.identity(f"/c/{two[1]}")
    page = tab.client.post("/signout", {"identity": identity})
    assert page.status_code == 409
    assert tab.client.post("/signout", {}).status_code == 409
    assert len(tab.consoles()) == 2


def test_signing_out_when_nobody_is_signed_in_leads_to_the_start_page(world, tab):
    assert tab.client.post("/signout")["Location"] == "/"


def test_an_address_of_no_console_opens_nothing(tab, two):
    page = tab.get("/c/zzzzzzzz/iam/")
    assert "This session is signed out." in text_of(page)
    assert page.context["console"] is None
    for address in ("/c/short/iam/", "/c//iam/", "/c/", "/c/zzzzzzzz"):
        assert tab.get(address).status_code == 404
