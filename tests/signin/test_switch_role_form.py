"""*Switch Role*: the form, what fills it, what it refuses and how it fails."""

import re

import pytest

from iam.perform import perform
from tests.signin.browsing import (
    OTHER_ACCOUNT,
    add_person,
    names_of,
    second_account,
    text_of,
)
from tests.worlds import allow, document, trust

INVALID = (
    "Invalid information in one or more fields. "
    "Check your information or contact your administrator."
)


@pytest.fixture
def ann(world, tab):
    tab.sign_in()
    return tab


def _initial(page):
    return {name: page.context["form"][name].value() for name in page.context["form"].fields}


@pytest.mark.parametrize(
    ("word", "color"),
    [("f2b0a9", "red"), ("#83D4E8", "blue"), ("green", "green"), ("123456", ""), ("", "")],
)
def test_a_link_fills_the_form(world, ann, word, color):
    page = ann.get(
        "/switchrole", account="lessons", roleName="school/Lesson", displayName="L", color=word
    )
    expected = {
        "account": "lessons",
        "roleName": "school/Lesson",
        "displayName": "L",
        "color": color,
    }
    assert _initial(page) == expected
    assert not page.context["form"].errors
    assert f'value="{expected["roleName"]}"' in page.content.decode()


def test_a_link_is_followed_after_the_sign_in(world, tab):
    link = "/switchrole?account=lessons&roleName=Lesson&color=f2b0a9"
    response = tab.client.get(link)
    page = tab.client.get(response["Location"])
    assert tab.sign_in(next=page.context["next"])["Location"] == link


def test_switching_and_switching_back_lead_to_the_page_one_was_on(world, ann):
    world.add_role("Lesson", "*")
    page = ann.get("/s3/?x=1&y=é")
    assert 'href="/switchrole?redirect_uri=%2Fs3%2F%3Fx%3D1%26y%3D' in page.content.decode()
    here = "/s3/?x=1&y=%C3%A9"
    form = ann.get("/switchrole", redirect_uri=here)
    assert form.context["redirect_uri"] == here
    assert ann.switch(redirect_uri=here)["Location"] == here
    assert ann.post("/switchrole/back", redirect_uri=here)["Location"] == here


@pytest.mark.parametrize("odd", ["https://evil.example/", "//evil.example", "/\\evil", "x", ""])
def test_a_switch_leads_to_no_other_site(world, ann, odd):
    world.add_role("Lesson", "*")
    assert ann.switch(redirect_uri=odd)["Location"] == "/console/"


def test_a_link_does_not_switch_by_itself(world, ann):
    world.add_role("Lesson", "*")
    ann.get("/switchrole", account=world.account_id, roleName="Lesson")
    assert not ann.console().is_role


def test_the_notes_sentences_stand_under_the_fields(ann):
    page = text_of(ann.get("/switchrole"))
    assert "You can get this from the end of the role's ARN. For example, ARN:" in page
    assert "The 12-digit account number or the alias of the account" in page
    assert "This name will appear in the console navigation bar when active." in page
    assert "The selected color displays in the console navigation when this role is active" in page
    assert "Learn more" in page


@pytest.mark.parametrize("typed", ["975050059573", "9750-5005-9573", " 9750 5005 9573", "lessons"])
def test_a_switch_succeeds_with_any_way_to_write_the_account(world, ann, typed):
    world.add_role("Lesson", "*")
    assert ann.switch(account=typed)["Location"] == "/console/"
    console = ann.console()
    assert console.is_role
    assert console.label == "Lesson @ " + ("lessons" if typed == "lessons" else world.account_id)


def test_the_display_name_and_its_color_are_shown(world, ann):
    world.add_role("Lesson", "*")
    ann.switch(displayName="My lesson", color="red")
    page = ann.get("/switchrole")
    assert (page.context["console"].label, page.context["console"].color) == ("My lesson", "red")
    assert "role-red" in page.content.decode()
    shown = text_of(page)
    assert "Currently active as Lesson" in shown
    assert "Signed in as ann" in shown


def test_across_accounts_the_menu_shows_both_account_ids(world, ann):
    add_person(world, "bob", allow("sts:AssumeRole"))
    ann.sign_in("bob")
    asked = {"RoleName": "Guests", "AssumeRolePolicyDocument": trust(world.account_id)}
    perform(world.root(second_account(world)), "iam:CreateRole", asked)
    assert ann.switch("Guests", OTHER_ACCOUNT).status_code == 302
    shown = text_of(ann.get("/switchrole"))
    assert "2109-8765-4321" in shown
    assert "9750-5005-9573" in shown


def test_a_role_with_a_path_is_found_by_path_and_name(world, ann):
    made = {"RoleName": "Lesson", "Path": "/school/", "AssumeRolePolicyDocument": trust("*")}
    world.do("CreateRole", **made)
    assert INVALID in text_of(ann.switch("Lesson"))
    assert ann.switch("/school/Lesson").status_code == 302


def test_a_failed_switch_keeps_the_form_and_shows_awss_sentence_and_the_reason(world, ann):
    world.add_role("Lesson")
    page = ann.switch(displayName="My lesson", color="blue")
    shown = text_of(page)
    assert page.status_code == 200
    assert INVALID in shown
    assert "because no identity-based policy allows the sts:AssumeRole action" in shown
    kept = _initial(page)
    assert (kept["roleName"], kept["displayName"], kept["color"]) == ("Lesson", "My lesson", "blue")
    assert not ann.console().is_role
    assert names_of(world).count("SwitchRole") == 1


def test_why_opens_and_names_the_deciding_statement(world, ann):
    role = world.add_role("Lesson")
    denied = {"Sid": "NotAnn", "Effect": "Deny", "Principal": {"AWS": world.user("ann").arn}}
    world.do(
        "UpdateAssumeRolePolicy",
        RoleName="Lesson",
        PolicyDocument=document({**denied, "Action": "sts:AssumeRole"}),
    )
    world.do("PutUserPolicy", UserName="ann", PolicyName="see", PolicyDocument=allow("iam:GetRole"))
    page = ann.switch()
    event_id = page.context["event_id"]
    assert f'href="/why/{event_id}"' in page.content.decode()
    why = ann.get(f"/why/{event_id}")
    shown = text_of(why)
    assert why.status_code == 200
    assert "NotAnn : applies." in shown
    assert "Role trust policy Explicit deny" in shown
    assert "With an explicit deny in the role trust policy." in shown
    assert role in shown


@pytest.mark.parametrize("account", ["975050059573", "lessons"])
def test_a_role_that_does_not_exist_fails_as_one_that_does_not_trust(world, ann, account):
    page = ann.switch("Nothing", account)
    assert INVALID in text_of(page)
    assert ann.get(f"/why/{page.context['event_id']}").status_code == 200


def test_an_account_that_does_not_exist_fails_in_the_same_words(world, ann):
    page = ann.switch("Lesson", "111111111111")
    assert INVALID in text_of(page)
    assert "No account of this sandbox has this ID or alias." in text_of(page)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"sts:ExternalId": "lesson"}},
        {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    ],
)
def test_the_console_cannot_switch_into_a_role_that_wants_an_external_id_or_mfa(
    world, ann, condition
):
    statement = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    text = document({**statement, "Condition": condition})
    world.do("CreateRole", RoleName="Lesson", AssumeRolePolicyDocument=text)
    world.do("PutUserPolicy", UserName="ann", PolicyName="see", PolicyDocument=allow("iam:GetRole"))
    page = ann.switch()
    assert INVALID in text_of(page)
    key = next(iter(next(iter(condition.values()))))
    assert key in text_of(ann.get(f"/why/{page.context['event_id']}"))


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"account": ""}, "account", "Enter an account ID or alias."),
        ({"account": "12345"}, "account", "Account ID is a 12-digit number."),
        ({"roleName": ""}, "roleName", "Enter the name of the role."),
        ({"roleName": "a" * 65}, "roleName", "Path and name together have up to 64 characters."),
        ({"roleName": "a b"}, "roleName", "Use alphanumeric and '+=,.@-_' characters"),
        ({"color": "pink"}, "color", "Select a valid choice"),
    ],
)
def test_an_impossible_value_is_reported_at_its_field(world, ann, typed, field, sentence):
    fields = {"account": world.account_id, "roleName": "Lesson", **typed}
    page = ann.post("/switchrole", **fields)
    assert sentence in page.context["form"].errors[field][0]
    assert "AssumeRole" not in names_of(world)


def test_root_has_no_switch_role_and_the_direct_link_shows_why(world, tab):
    tab.enter(world.account_id)
    page = tab.get("/switchrole", account=world.account_id, roleName="Lesson")
    assert "Roles may not be assumed by root accounts." in text_of(page)
    assert 'name="roleName"' not in page.content.decode()
    assert 'href="/switchrole"' not in tab.get("/iam/").content.decode()
    assert not page.context["console"].can_switch
    world.add_role("Lesson", "*")
    answer = tab.switch()
    assert "Roles may not be assumed by root accounts." in text_of(answer)
    assert not tab.console().is_role


def test_display_name_and_color_say_that_they_are_optional(ann):
    shown = text_of(ann.get("/switchrole"))
    assert "Display name - optional" in shown
    assert "Display color - optional" in shown
    assert "IAM role name - optional" not in shown


def test_learn_more_and_info_open_help_that_is_there(ann):
    page = ann.get("/switchrole").content.decode()
    topics = set(re.findall(r'href="(/help/[a-z-]+)', page))
    assert {"/help/switch-role", "/help/display-name"} <= topics
    assert all(ann.get(topic).status_code == 200 for topic in topics)


def test_the_arn_of_a_role_is_taken_for_its_name(world, ann):
    world.add_role("Lesson", "*")
    arn = f"arn:aws:iam::{world.account_id}:role/Lesson"
    assert ann.switch(arn, account="")["Location"] == "/console/"
    assert ann.console().caller.role.name == "Lesson"
    assert "Security credentials" not in text_of(ann.get("/iam/"))
