"""In a role and back: whose permissions decide, the history, and forms that come too late."""

import json

import pytest

from iam.models import Event, Role
from tests.signin.browsing import add_person, move_clock, names_of, text_of
from tests.worlds import allow


@pytest.fixture
def ann(world, tab):
    """Ann's tab, signed in, with two roles to switch to."""
    for name in ("First", "Second"):
        world.add_role(name, world.user("ann").arn)
    tab.sign_in()
    return tab


def test_in_a_role_the_users_own_permissions_are_given_up(world, ann):
    given = {"PolicyName": "own", "PolicyDocument": allow("iam:ListRoles", "iam:List*")}
    world.do("PutUserPolicy", UserName="ann", **given)
    assert "First" in text_of(ann.get("/iam/roles"))
    ann.switch("First")
    shown = text_of(ann.get("/iam/roles"))
    assert "assumed-role/First/ann is not authorized to perform: iam:ListRoles" in shown
    ann.post("/switchrole/back")
    assert "Second" in text_of(ann.get("/iam/roles"))


def test_a_switch_inside_a_role_is_decided_as_the_original_user(world, ann):
    ann.switch("First")
    assert ann.switch("Second").status_code == 302
    assert ann.console().caller.role.name == "Second"
    calls = Event.in_sandbox(world.sandbox).filter(name="AssumeRole")
    assert {event.user_name for event in calls} == {"ann"}


def test_one_switch_back_returns_to_the_user_from_any_number_of_switches(world, ann):
    for name in ("First", "Second", "First"):
        ann.switch(name)
    assert ann.post("/switchrole/back")["Location"] == "/console/"
    console = ann.console()
    assert (console.is_role, console.caller.name) == (False, "ann")
    assert names_of(world).count("ExitRole") == 1


def test_switching_back_without_a_role_does_nothing(world, ann):
    assert ann.post("/switchrole/back").status_code == 302
    assert "ExitRole" not in names_of(world)


@pytest.mark.parametrize("url", ["/switchrole/back", "/switchrole/history"])
def test_a_link_alone_neither_switches_nor_returns(ann, url):
    assert ann.get(url).status_code == 405


def test_a_failed_switch_leaves_the_active_role_alone(ann):
    ann.switch("First")
    ann.switch("Nothing")
    assert ann.console().caller.role.name == "First"


def test_the_history_has_the_last_five_roles_latest_first_without_doubles(world, ann):
    names = [f"Role{n}" for n in range(6)]
    for name in names:
        world.add_role(name, world.user("ann").arn)
        ann.switch(name)
    ann.switch("Role3", displayName="Again", color="green")
    history = ann.console().history
    assert [e["role_name"] for e in history] == ["Role3", "Role5", "Role4", "Role2", "Role1"]
    assert (history[0]["display_name"], history[0]["color"]) == ("Again", "green")
    assert "Role history" in text_of(ann.get("/switchrole"))
    ann.switch("Role3", account="lessons", displayName="By alias")
    assert [e["display_name"] for e in ann.console().history].count("Again") == 0


def test_an_entry_of_the_history_switches_at_once(ann):
    ann.switch("First", displayName="One", color="blue")
    ann.post("/switchrole/back")
    entry = ann.console().history[0]
    response = ann.post(
        "/switchrole/history",
        account=entry["account"],
        roleName=entry["role_name"],
        displayName=entry["display_name"],
        color=entry["color"],
    )
    assert response["Location"] == "/console/"
    assert (ann.console().label, ann.console().color) == ("One", "blue")


def test_the_history_holds_no_credentials_and_is_each_identitys_own(world, ann):
    add_person(world, "bob")
    ann.switch("First")
    assert "token" not in json.dumps(ann.console().history)
    ann.sign_in("bob")
    assert ann.console().history == []
    ann.sign_in("ann")
    assert [e["role_name"] for e in ann.console().history] == ["First"]


def test_a_missing_role_chosen_from_the_history_is_reported(world, ann):
    ann.switch("First")
    ann.post("/switchrole/back")
    world.do("DeleteRole", RoleName="First")
    page = ann.post("/switchrole/history", account=world.account_id, roleName="First")
    assert "Invalid information in one or more fields." in text_of(page)


def test_after_the_end_of_the_session_a_page_reports_that_and_does_nothing(world, ann):
    ann.switch("First")
    move_clock(world, hours=1)
    before = len(names_of(world))
    page = ann.get("/iam/roles")
    assert "Your session as First @ 975050059573 has ended: its time is up." in text_of(page)
    assert "You are ann again" in text_of(page)
    assert len(names_of(world)) == before
    assert not ann.console().is_role
    assert page.context["url"] == "/iam/roles"


def test_a_form_sent_after_the_sessions_end_is_not_performed_and_is_kept(world, ann):
    ann.switch("First")
    identity = ann.identity()
    move_clock(world, hours=1)
    before = len(names_of(world))
    typed = {"account": world.account_id, "roleName": "Second", "displayName": "Kept words"}
    page = ann.client.post("/switchrole", {"identity": identity, "do": "press", **typed})
    shown = text_of(page)
    assert page.status_code == 409
    assert "its time is up" in shown
    assert "Nothing was done" in shown
    assert "Display name" in shown
    assert "Kept words" in shown
    assert "press" not in shown
    assert identity not in page.content.decode()
    assert len(names_of(world)) == before
    assert not ann.console().is_role


def test_the_same_form_sent_again_is_not_performed_as_the_user(world, ann):
    ann.switch("First")
    identity = ann.identity()
    move_clock(world, hours=1)
    typed = {"identity": identity, "account": world.account_id, "roleName": "Second"}
    assert ann.client.post("/switchrole", typed).status_code == 409
    assert ann.client.post("/switchrole", typed).status_code == 409
    assert not ann.console().is_role


def test_a_role_that_is_gone_ends_its_session(world, ann):
    ann.switch("First")
    world.do("DeleteRole", RoleName="First")
    assert "has ended: the role is gone" in text_of(ann.get("/iam/roles"))
    assert not ann.console().is_role


def test_a_form_shown_before_a_switch_in_another_tab_is_refused(world, ann):
    identity = ann.identity()
    ann.switch("First")
    typed = {"identity": identity, "account": world.account_id, "roleName": "Second"}
    page = ann.client.post("/switchrole", {**typed, "displayName": "Kept words"})
    assert page.status_code == 409
    assert "shown to a different identity" in text_of(page)
    assert "Kept words" in text_of(page)
    assert ann.console().caller.role.name == "First"


@pytest.mark.parametrize("identity", ["", "ASIAXXXXXXXXXXXXXXXX", "\0", "x" * 5000])
def test_a_form_without_the_identity_it_was_shown_to_is_refused(ann, identity):
    fields = {"identity": identity, "roleName": "First", "account": "975050059573"}
    assert ann.client.post("/switchrole", fields).status_code == 409
    assert not ann.console().is_role


def test_a_refused_form_sent_by_htmx_fills_the_page(ann):
    response = ann.client.post("/switchrole", {"identity": "x"}, headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Retarget"]) == (200, "body")


def test_htmx_is_sent_to_the_sign_in_instead_of_swapping_it_in(world, tab):
    response = tab.client.get("/iam/roles", headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == "/signin?next=%2Fiam%2Froles"


def test_signing_out_of_a_role_whose_time_is_up_signs_out(world, ann):
    ann.switch("First")
    identity = ann.identity()
    move_clock(world, hours=1)
    response = ann.client.post("/signout", {"identity": identity})
    assert response["Location"] == "/signin?account=975050059573"
    assert not ann.consoles()


def test_a_switch_lasts_no_longer_than_the_sign_in(world, ann):
    world.do("UpdateRole", RoleName="First", MaxSessionDuration=43200)
    move_clock(world, hours=11)
    ann.switch("First")
    console = ann.console()
    assert console.caller.expires_at == console.base.expires_at
    move_clock(world, hours=1)
    assert "its time is up" in text_of(ann.get("/iam/roles"))
    assert not ann.consoles()


def test_the_role_notes_when_it_was_used(world, ann):
    ann.switch("First")
    assert Role.in_sandbox(world.sandbox).get(name="First").last_used_at is not None
