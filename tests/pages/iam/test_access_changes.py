"""Who gains or loses access, shown before a change is saved."""

from typing import Any

import pytest
from django.urls import reverse

from iam.models import Event, Role
from tests.pages.iam.counting import queries_of
from tests.pages.visitor import Visitor, text_of
from tests.worlds import ACCOUNT_ID, World, allow, trust

ASK = {"do": "access"}


@pytest.fixture
def peopled(world: World) -> World:
    world.add_user("ann", allow("sts:AssumeRole"))
    world.add_user("bob")
    world.add_role("Helper")
    return world


def user_arn(name: str) -> str:
    return f"arn:aws:iam::{ACCOUNT_ID}:user/{name}"


def asked_of_trust(visitor: Visitor, text: str) -> Any:
    return visitor.post(reverse("trust_edit", args=["Helper"]), document=text, **ASK)


def test_the_trust_editor_draws_who_gains_and_loses_entry(peopled: World, root: Visitor) -> None:
    page = asked_of_trust(root, trust(user_arn("bob")))
    said, body = text_of(page), page.content.decode()
    assert "user bob gains access to the role Helper" in said
    assert "user ann loses access to the role Helper" in said
    assert body.count(" is-added") == 1
    assert body.count(" is-removed") == 1
    assert "user bob could newly assume role Helper" in body
    saved = Role.in_sandbox(peopled.sandbox).get(name="Helper").trust.text
    assert "bob" not in saved
    assert "bob" in page.context["draft"].text


def test_what_the_editor_of_policies_would_change_is_shown_at_its_review(
    peopled: World, root: Visitor
) -> None:
    url = reverse("inline_policy_create", args=["users", "bob"])
    review = {"step": "review", "mode": "json", "name": "more"}
    text = allow("sts:AssumeRole", "iam:CreateUser")
    said = text_of(root.post(url, document=text, **review, **ASK))
    assert "user bob gains access to the role Helper" in said
    assert "user bob gains iam:CreateUser" in said
    assert "user ann gains" not in said
    same = root.post(url, document=allow("ec2:DescribeInstances"), **review, **ASK)
    assert "gains or loses a role, or any of the actions" in text_of(same)


def test_the_role_wizard_shows_it_for_the_role_to_make(peopled: World, root: Visitor) -> None:
    peopled.add_role("Chosen")
    url = reverse("role_create")
    root.get(url)
    root.post(f"{url}?step=trust", entity="custom", document=trust(user_arn("bob")))
    root.post(f"{url}?step=permissions", selected="arn:aws:iam::aws:policy/IAMFullAccess")
    page = root.post(f"{url}?step=review", RoleName="Made", **ASK)
    said = text_of(page)
    assert "user bob gains access to the role Made" in said
    assert "user bob gains iam:" in said
    assert 'value="Made"' in page.content.decode()
    assert not Role.in_sandbox(peopled.sandbox).filter(name="Made").exists()


def test_it_needs_the_right_to_see_the_whole_account(peopled: World) -> None:
    peopled.add_user("eve", allow("iam:GetRole", "iam:UpdateAssumeRolePolicy"))
    page = asked_of_trust(Visitor(peopled, "eve"), trust(user_arn("bob")))
    said = text_of(page)
    assert "is not authorized to perform: iam:GetAccountAuthorizationDetails" in said
    assert "gains access" not in said
    assert "bob" in page.context["draft"].text


def test_what_iam_would_refuse_is_refused_and_the_text_stays(peopled: World, root: Visitor) -> None:
    text = trust(user_arn("nobody"))
    page = asked_of_trust(root, text)
    assert "Invalid principal in policy" in text_of(page)
    assert page.context["draft"].text == text


def test_without_the_button_nothing_is_asked(peopled: World, root: Visitor) -> None:
    root.get(reverse("trust_edit", args=["Helper"]))
    asked = Event.in_sandbox(peopled.sandbox).filter(name="GetAccountAuthorizationDetails")
    assert not asked.exists()


def test_the_queries_do_not_grow_with_the_account(peopled: World, root: Visitor) -> None:
    url = reverse("trust_edit", args=["Helper"])

    def queries() -> int:
        return queries_of(root, url, document=trust(user_arn("bob")), **ASK)

    few = queries()
    for number in range(8):
        peopled.add_user(f"u{number}", allow("sts:AssumeRole"))
        peopled.add_role(f"r{number}")
    assert queries() <= few


def test_attaching_and_removing_show_it_before_anything_is_done(
    peopled: World, root: Visitor
) -> None:
    full = "arn:aws:iam::aws:policy/IAMFullAccess"
    changes = [
        ("attach_policies", {"selected": full}, "user bob gains iam:"),
        ("user_boundary", {"boundary": full}, "user ann loses access to the role Helper"),
        ("entity_policies_remove", {"selected": "inline:given"}, "user ann loses access to"),
    ]
    for view, fields, sentence in changes:
        name = "bob" if view == "attach_policies" else "ann"
        args = [name] if view == "user_boundary" else ["users", name]
        chosen = {"option": "direct", **fields} if view == "attach_policies" else fields
        page = root.post(reverse(view, args=args), **chosen, **ASK)
        assert sentence in text_of(page), view
        assert not page.redirect_chain
    written = {event.name for event in peopled.events() if not event.read_only}
    assert not written & {"AttachUserPolicy", "PutUserPermissionsBoundary", "DeleteUserPolicy"}


def test_group_membership_and_a_policys_own_pages_show_it(peopled: World, root: Visitor) -> None:
    peopled.do("CreateGroup", GroupName="team")
    own = {"PolicyName": "own", "PolicyDocument": allow("sts:AssumeRole")}
    peopled.do("PutGroupPolicy", GroupName="team", **own)
    sentence = "user bob gains access to the role Helper"
    joins = root.post(reverse("group_users_add", args=["team"]), member="bob", **ASK)
    assert sentence in text_of(joins)
    joins = root.post(reverse("user_groups_add", args=["bob"]), group="team", **ASK)
    assert sentence in text_of(joins)
    peopled.do("AddUserToGroup", GroupName="team", UserName="bob")
    leaves = root.post(reverse("group_users_remove", args=["team"]), member="bob", **ASK)
    assert "user bob loses access to the role Helper" in text_of(leaves)
    full = "arn:aws:iam::aws:policy/IAMFullAccess"
    url = f"{reverse('policy_attach')}?arn={full}"
    attached = root.post(url, selected="users/bob", **ASK)
    assert "user bob gains iam:" in text_of(attached)
    assert peopled.do("GetGroup", GroupName="team")["Users"][0]["UserName"] == "bob"
