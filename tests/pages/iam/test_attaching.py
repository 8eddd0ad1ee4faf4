"""*Add permissions* and *Attach policies* of users, groups and roles."""

import pytest
from django.urls import reverse
from lxml.html import fromstring

from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow

S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
MISSING = "arn:aws:iam::aws:policy/Nothing"


@pytest.fixture
def role(world: World) -> str:
    world.add_role("Auditor")
    return reverse("attach_policies", args=["roles", "Auditor"])


def attached(world: World) -> list[str]:
    listed = world.do("ListAttachedRolePolicies", RoleName="Auditor")["AttachedPolicies"]
    return [one["PolicyArn"] for one in listed]


def test_policies_are_attached_to_a_role(world: World, root: Visitor, role: str) -> None:
    said = text_of(root.post(role, selected=[S3_FULL]))
    assert "Policy was successfully attached to role." in said
    assert attached(world) == [S3_FULL]
    offered = root.get(role, q="S3 full").context["table"]
    assert offered.matched == 0


def test_what_is_there_already_is_listed_with_the_inline_policies(
    world: World, root: Visitor, role: str
) -> None:
    world.do("AttachRolePolicy", RoleName="Auditor", PolicyArn=S3_FULL)
    world.do(
        "PutRolePolicy", RoleName="Auditor", PolicyName="own", PolicyDocument=allow("s3:GetObject")
    )
    said = text_of(root.get(role))
    assert "Current permissions policies (2)" in said
    assert "own Customer inline" in said


def test_ticked_rows_survive_the_filter(root: Visitor, role: str) -> None:
    table = root.get(role, kept="1", selected=S3_FULL, q="read only").context["table"]
    assert table.selected == (S3_FULL,)


def test_failures_are_reported_beside_successes(world: World, root: Visitor, role: str) -> None:
    said = text_of(root.post(role, selected=[READ_ONLY, MISSING]))
    assert "Policy was successfully attached to role." in said
    sentence = f"Nothing was not attached: Policy {MISSING} does not exist or is not attachable."
    assert sentence in said
    assert attached(world) == [READ_ONLY]


def test_an_empty_choice_is_reported(root: Visitor, role: str) -> None:
    assert "Choose the policies to attach." in text_of(root.post(role))
    many = [f"arn:aws:iam::aws:policy/p{number}" for number in range(51)]
    response = root.post(role, selected=many)
    assert "Choose 50 policies at most." in text_of(response)
    assert len(response.context["table"].selected) == 51


def test_a_denied_attachment_shows_why(world: World, role: str) -> None:
    world.add_user("ann", allow("iam:Get*", "iam:List*"))
    said = text_of(Visitor(world, "ann").post(role, selected=[S3_FULL]))
    assert "is not authorized to perform: iam:AttachRolePolicy" in said
    assert "Why?" in said
    assert attached(world) == []


def test_a_form_whose_every_call_is_refused_keeps_what_was_chosen(world: World, role: str) -> None:
    world.add_user("ann", allow("iam:Get*", "iam:List*"))
    world.do("CreateGroup", GroupName="staff")
    user, policy = reverse("attach_policies", args=["users", "ann"]), f"?arn={S3_FULL}"
    forms = (
        (role, {"selected": [S3_FULL]}, S3_FULL),
        (user, {"option": "direct", "selected": [S3_FULL]}, S3_FULL),
        (user, {"option": "groups", "group": ["staff"]}, "staff"),
        (reverse("user_groups_add", args=["ann"]), {"group": ["staff"]}, "staff"),
        (reverse("group_users_add", args=["staff"]), {"member": ["ann"]}, "ann"),
        (reverse("policy_attach") + policy, {"selected": ["users/ann"]}, "users/ann"),
    )
    ann = Visitor(world, "ann")
    for url, chosen, value in forms:
        response = ann.post(url, **chosen)
        page = fromstring(response.content)
        assert not response.redirect_chain, url
        assert page.xpath(f"//input[(@checked or @type='hidden') and @value='{value}']"), url
        assert page.xpath("//*[@id='flashes']//a[@data-help and text()='Why?']"), url


def test_nothing_is_said_to_be_copied_where_all_was_refused(world: World) -> None:
    world.add_user("model", allow("s3:*"))
    world.add_user("ann", allow("iam:Get*", "iam:List*"))
    url = reverse("attach_policies", args=["users", "ann"])
    response = Visitor(world, "ann").post(url, option="copy", copy_from="model")
    assert not response.redirect_chain
    assert "given was not copied" in text_of(response)
    assert "Permissions of model copied" not in text_of(response)


def test_policies_that_may_not_be_listed_show_the_denial(world: World, role: str) -> None:
    world.add_user("ann", allow("iam:ListAttachedRolePolicies"))
    said = text_of(Visitor(world, "ann").get(role))
    assert "is not authorized to perform: iam:ListPolicies" in said
    assert "AmazonS3FullAccess" not in said


def test_a_group_gets_policies(world: World, root: Visitor) -> None:
    world.do("CreateGroup", GroupName="staff")
    url = reverse("attach_policies", args=["groups", "staff"])
    said = text_of(root.post(url, selected=[S3_FULL, READ_ONLY]))
    assert "Policies were successfully attached to user group." in said
    assert "Permissions policies (2)" in said


def test_a_user_has_three_ways_to_permissions(world: World, root: Visitor) -> None:
    world.do("CreateGroup", GroupName="staff")
    world.add_user("model", allow("s3:*"))
    world.add_user("ann")
    url = reverse("attach_policies", args=["users", "ann"])
    said = text_of(root.get(url))
    for words in ("Add user to group", "Copy permissions", "Attach policies directly"):
        assert words in said
    said = text_of(root.post(url, option="groups", group=["staff"]))
    assert "User added to group staff" in said
    said = text_of(root.post(url, option="direct", selected=[S3_FULL]))
    assert "Policy was successfully attached to user." in said
    said = text_of(root.post(url, option="copy", copy_from="model"))
    assert "Permissions of model copied to user ann." in said
    assert world.do("ListUserPolicies", UserName="ann")["PolicyNames"] == ["given"]
    assert "Choose what to add." in text_of(root.post(url, option="direct"))
