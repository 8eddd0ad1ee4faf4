"""*Why?*: the reasons behind a recorded call, and what would have to change."""

import re
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model

from console.pages.places import place_of
from iam.authorization import explanations
from iam.models import Event
from iam.perform import perform
from iam.trail import end_visit
from iam.wire.errors import AwsError
from tests.pages.visitor import Visitor
from tests.signin.browsing import Browser, add_person, open_world, text_of
from tests.worlds import allow, document, make_world

OWN = "iam:GetUserPolicy"
"""With this a user may see the text of its own policies."""


@pytest.fixture
def world(db):
    return open_world()


@pytest.fixture
def ann(world):
    """A browser that ann signed in with, in the public sandbox."""
    tab = Browser()
    tab.sign_in()
    return tab


def test_an_unknown_call_has_no_reason(ann):
    page = ann.get(f"/why/{uuid4()}")
    assert page.status_code == 404
    assert "There is no such call, or it is not yours." in text_of(page)
    assert ann.get("/why/not-an-id").status_code == 404


def test_a_call_of_another_sandbox_has_no_reason(world, ann):
    elsewhere = make_world("bob", "111122223333")
    elsewhere.do("CreateUser", UserName="eve")
    event = Event.in_sandbox(elsewhere.sandbox).get(name="CreateUser")
    assert ann.get(f"/why/{event.event_id}").status_code == 404


def test_why_shows_layers_statements_context_and_policies(world):
    add_person(world, "bob", allow("iam:ListRoles", OWN))
    bob = Browser()
    bob.sign_in("bob")
    bob.get("/iam/users")
    event = Event.in_sandbox(world.sandbox).get(name="ListUsers")
    page = bob.get(f"/why/{event.event_id}")
    shown = text_of(page)
    assert page.status_code == 200
    assert "Implicitly denied" in shown
    assert "Because no identity-based policy allows the iam:ListUsers action." in shown
    assert "given , statement 1 : does not apply." in shown
    assert "To allow this, add this statement to one of bob's policies" in shown
    assert '"iam:ListUsers"' in shown
    assert "aws:SecureTransport" in shown
    assert "iam:ListRoles" in shown


def test_why_distinguishes_the_policies_of_group_and_user_with_the_same_name(world):
    add_person(world, "bob", allow("iam:ListRoles", OWN, "iam:GetGroupPolicy"))
    world.do("CreateGroup", GroupName="readers")
    world.do("AddUserToGroup", GroupName="readers", UserName="bob")
    text = allow("iam:ListUsers")
    world.do("PutGroupPolicy", GroupName="readers", PolicyName="given", PolicyDocument=text)
    bob = Browser()
    bob.sign_in("bob")
    bob.get("/iam/users")
    event = Event.in_sandbox(world.sandbox).get(name="ListUsers", error_code="")
    shown = text_of(bob.get(f"/why/{event.event_id}"))
    assert "given (group readers) , statement 1 : applies." in shown
    assert "given , statement 1 : does not apply." in shown
    assert "would be denied without this statement of given (group readers)" in shown


def test_why_shows_the_condition_keys_with_which_no_policy_must_change(world):
    with_code = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    may = {"Effect": "Allow", "Resource": "*"}
    text = document(
        {**may, "Action": "iam:ListUsers", "Condition": with_code}, {**may, "Action": OWN}
    )
    add_person(world, "bob", text)
    bob = Browser()
    bob.sign_in("bob")
    bob.get("/iam/users")
    event = Event.in_sandbox(world.sandbox).get(name="ListUsers")
    shown = text_of(bob.get(f"/why/{event.event_id}"))
    assert "No policy has to change." in shown
    assert "aws:MultiFactorAuthPresent true Sign in with an MFA code" in shown
    assert "add this statement to" not in shown


def test_why_proposes_no_other_region_where_a_service_has_one(world):
    elsewhere = {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}
    add_person(world, "bob", allow("iam:ListUsers", "sts:GetAccessKeyInfo", Condition=elsewhere))
    bob = world.user("bob")
    for operation in ("iam:ListUsers", "sts:GetAccessKeyInfo"):
        with pytest.raises(AwsError):
            perform(
                bob, operation, {"AccessKeyId": "AKIA" + "A" * 16} if "sts" in operation else {}
            )
    end_visit(bob.visit)
    events = {one.name: one for one in Event.in_sandbox(world.sandbox)}
    told = {name: explanations(event)[0] for name, event in events.items() if event.decisions}
    assert told["ListUsers"].asked_otherwise is None
    change = told["ListUsers"].change
    assert change is not None
    assert change.around == ("aws:RequestedRegion",)
    assert told["GetAccessKeyInfo"].asked_otherwise == {"aws:RequestedRegion": "eu-west-1"}


def test_why_asks_for_mfa_only_a_caller_that_can_come_with_it(world):
    with_code = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    world.add_role("Guarded", world.user("ann").arn)
    world.do(
        "PutRolePolicy",
        RoleName="Guarded",
        PolicyName="given",
        PolicyDocument=allow("iam:ListUsers", Condition=with_code),
    )
    reads = {"RoleName": "Guarded", "PolicyName": "reads"}
    world.do("PutRolePolicy", **reads, PolicyDocument=allow("iam:GetRolePolicy"))
    alice = Browser()
    alice.client.force_login(get_user_model().objects.get(username="alice"))
    alice.sign_in()
    alice.switch("Guarded")
    alice.get("/iam/users")
    by_console = Event.in_sandbox(world.sandbox).get(name="ListUsers")
    shown = text_of(alice.get(f"/why/{by_console.event_id}"))
    assert "aws:MultiFactorAuthPresent true Sign in with an MFA code" in shown

    session = world.session("Guarded")
    with pytest.raises(AwsError):
        perform(session, "iam:ListUsers", {})
    end_visit(session.visit)
    named = Event.in_sandbox(world.sandbox).filter(name="ListUsers")
    by_program = named.exclude(pk=by_console.pk).get()
    shown = text_of(alice.get(f"/why/{by_program.event_id}"))
    assert "allowed with MFA, but the caller's credentials cannot have it" in shown
    assert "the new statement bypasses the condition on aws:MultiFactorAuthPresent" in shown


def test_why_asks_for_a_sign_in(world):
    response = Browser().get(f"/why/{uuid4()}")
    assert response["Location"].startswith("/signin?next=%2Fwhy%2F")


def test_why_of_an_allowed_call_shows_the_statement_that_allowed_it(world):
    add_person(world, "bob", allow("iam:ListUsers", OWN))
    bob = Browser()
    bob.sign_in("bob")
    bob.get("/iam/users")
    event = Event.in_sandbox(world.sandbox).get(name="ListUsers", error_code="")
    shown = text_of(bob.get(f"/why/{event.event_id}"))
    assert "Decision Allowed" in shown
    assert "given , statement 1 : applies." in shown
    assert "would be denied without this statement of given" in shown


def test_why_reports_that_no_single_statement_would_change_the_decision(world):
    deny = {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}
    add_person(world, "bob", document(deny))
    bob = Browser()
    bob.sign_in("bob")
    bob.get("/iam/users")
    event = Event.in_sandbox(world.sandbox).get(name="ListUsers")
    shown = text_of(bob.get(f"/why/{event.event_id}"))
    assert "No single statement, added or removed, would change this decision." in shown


def test_why_shows_a_statement_that_does_not_apply_in_grey_with_the_values_that_differ(world):
    text = document(
        {"Sid": "Home", "Effect": "Allow", "Action": "iam:ListUsers", "Resource": "*",
         "Condition": {"StringEquals": {"aws:userid": "someone-else"}}},
        {"Effect": "Allow", "Action": OWN, "Resource": "*"},
    )  # fmt: skip
    add_person(world, "bob", text)
    bob = Browser()
    bob.sign_in("bob")
    bob.get("/iam/users")
    event = Event.in_sandbox(world.sandbox).get(name="ListUsers")
    page = bob.get(f"/why/{event.event_id}")
    assert "No statement allows this: Identity-based policies The nearest" in text_of(page)
    assert "In the policy (StringEquals on aws:userid) someone-else" in text_of(page)
    html = page.content.decode()
    assert '<span class="badge badge--grey">Allow</span>' in html
    assert "badge--green" not in html
    marked = re.findall("<mark.*?</mark>", html)
    assert len(set(marked)) == 2  # each statement's own line
    assert "someone-else" in marked[0]


def test_why_never_advises_to_edit_a_policy_of_aws(world):
    add_person(world, "bob", allow("s3:*", "iam:*"))
    boundary = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
    world.do("PutUserPermissionsBoundary", UserName="bob", PermissionsBoundary=boundary)
    bob = Browser()
    bob.sign_in("bob")
    bob.get("/iam/users")
    event = Event.in_sandbox(world.sandbox).get(name="ListUsers")
    page = bob.get(f"/why/{event.event_id}")
    assert "AWS managed policy, which nobody can edit. Choose another boundary" in text_of(page)
    assert 'href="/iam/users/bob/boundary"' in page.content.decode()
    assert "Add this statement" not in text_of(page)


def test_why_leads_to_the_line_of_a_statement_where_its_policy_is_shown(world):
    add_person(world, "bob", allow("iam:ListUsers", OWN))
    bob = Browser()
    bob.sign_in("bob")
    bob.get("/iam/users")
    event = Event.in_sandbox(world.sandbox).get(name="ListUsers", error_code="")
    page = bob.get(f"/why/{event.event_id}").content.decode()
    address = "/iam/users/bob/inline/given/document?line="
    assert re.search(rf'<a href="{re.escape(address)}\d+#line">statement', " ".join(page.split()))
    text = bob.get(f"{address}1").content.decode()
    assert '<span class="code-view__line is-marked"><span id="line">' in text
    assert 'value="json" checked' in " ".join(text.split())
    assert "is-marked" not in bob.get(f"{address}x").content.decode()


def test_why_says_of_a_policy_that_may_not_be_read_only_what_it_did(world):
    add_person(world, "bob", allow("iam:ListUsers"))
    world.do("CreateGroup", GroupName="team")
    world.do("AddUserToGroup", GroupName="team", UserName="bob")
    limit = document(
        {"Sid": "Secret", "Effect": "Deny", "Action": "iam:ListUsers", "Resource": "*"}
    )
    world.do("PutGroupPolicy", GroupName="team", PolicyName="limit", PolicyDocument=limit)
    bob = Browser()
    bob.sign_in("bob")
    bob.get("/iam/users")
    event = Event.in_sandbox(world.sandbox).get(name="ListUsers")
    page = bob.get(f"/why/{event.event_id}")
    said = text_of(page)
    assert "Explicitly denied" in said
    assert "Deny limit (group team) : a statement of it applies." in said
    assert "To see its text, you need iam:GetGroupPolicy on group team." in said
    assert "Allow given : a statement of it applies." in said
    assert "The answer depends on policies that you are not allowed to read." in said
    assert "Secret" not in page.content.decode()
    root = Visitor(world)
    root.client.force_login(get_user_model().objects.get(username="alice"))
    assert "Secret" in root.get(f"/why/{event.event_id}").content.decode()


def test_why_of_a_role_that_does_not_exist_is_said_to_who_may_list_roles(world):
    world.add_role("Lesson", "*")
    told = {}
    for name, policy in (("bob", allow("sts:*")), ("eve", allow("sts:*", "iam:ListRoles"))):
        add_person(world, name, policy)
        browser = Browser()
        browser.sign_in(name)
        browser.switch("lesson")
        event = Event.in_sandbox(world.sandbox).get(name="AssumeRole", user_name=name)
        told[name] = text_of(browser.get(f"/why/{event.event_id}"))
    assert "There is no role lesson in account" in told["eve"]
    assert "there is Lesson . Names are case-sensitive here." in told["eve"]
    assert "add this statement to" not in told["eve"]
    assert "There is no role" not in told["bob"]


def test_why_shows_both_halves_of_a_role_of_another_account(world):
    other = world.add_account("111122223333")
    text = document({"Effect": "Allow", "Principal": {"AWS": "111122223333"},
                     "Action": "sts:AssumeRole"})  # fmt: skip
    world.other(other, "CreateRole", RoleName="There", AssumeRolePolicyDocument=text)
    add_person(world, "bob", allow("sts:AssumeRole"))
    bob = Browser()
    bob.sign_in("bob")
    role = "arn:aws:iam::111122223333:role/There"
    caller = world.user("bob")
    with pytest.raises(AwsError):
        perform(caller, "sts:AssumeRole", {"RoleArn": role, "RoleSessionName": "bob"})
    end_visit(caller.visit)
    event = Event.in_sandbox(world.sandbox).get(name="AssumeRole", user_name="bob")
    page = bob.get(f"/why/{event.event_id}").content.decode()
    assert "Here it is allowed, there it is not allowed." in page


@pytest.mark.parametrize("odd", ["arn:aws:s3:::*", "arn:aws:s3:::/x", "arn:aws:s3:::"])
def test_what_no_page_shows_is_no_link(world, odd):
    assert place_of(odd, world.account_id) == ""
    assert place_of(f"arn:aws:iam::{world.account_id}:role/", world.account_id) == ""
