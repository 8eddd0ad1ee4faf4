"""The wizard *Create user*."""

from typing import Any

import pytest
from django.urls import reverse

from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow

S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
CHANGE = "arn:aws:iam::aws:policy/IAMUserChangePassword"


def step(slug: str) -> str:
    return f"{reverse('user_create')}?step={slug}"


def walk(
    visitor: Visitor, details: dict[str, Any], permissions: dict[str, Any], **review: Any
) -> Any:
    visitor.post(step("details"), **details)
    visitor.post(step("permissions"), **permissions)
    return visitor.post(step("review"), **review)


def test_a_user_without_console_access(world: World, root: Visitor) -> None:
    response = walk(root, {"UserName": "ann"}, {"option": "direct", "selected": [S3_FULL]})
    assert "User created successfully" in text_of(response)
    assert "View user" in text_of(response)
    attached = world.do("ListAttachedUserPolicies", UserName="ann")["AttachedPolicies"]
    assert [one["PolicyArn"] for one in attached] == [S3_FULL]


def test_a_user_with_console_access_sees_the_password_once(world: World, root: Visitor) -> None:
    details = {"UserName": "ann", "console": "on", "source": "auto", "PasswordResetRequired": "on"}
    response = walk(root, details, {"option": "groups"})
    password = response.context["password"]
    assert password in text_of(response)
    assert "Retrieve password" in text_of(response)
    assert world.do("GetLoginProfile", UserName="ann")["LoginProfile"]["PasswordResetRequired"]
    attached = world.do("ListAttachedUserPolicies", UserName="ann")["AttachedPolicies"]
    assert [one["PolicyArn"] for one in attached] == [CHANGE]
    assert password not in str(dict(root.client.session))


def test_a_typed_password_waits_in_the_session_encrypted(world: World, root: Visitor) -> None:
    details = {"UserName": "ann", "console": "on", "source": "custom", "Password": "Secret-123"}
    root.post(step("details"), **details)
    assert "Secret-123" not in str(dict(root.client.session))
    root.post(step("permissions"), option="groups")
    assert root.post(step("review")).context["password"] == "Secret-123"


def test_permissions_come_by_groups_or_are_copied(world: World, root: Visitor) -> None:
    world.do("CreateGroup", GroupName="staff")
    world.add_user("model", allow("s3:*"))
    world.do("AddUserToGroup", GroupName="staff", UserName="model")
    world.do("AttachUserPolicy", UserName="model", PolicyArn=S3_FULL)
    walk(root, {"UserName": "ann"}, {"option": "groups", "group": ["staff"]})
    walk(root, {"UserName": "bob"}, {"option": "copy", "copy_from": "model"})
    for name in ("ann", "bob"):
        groups = world.do("ListGroupsForUser", UserName=name)["Groups"]
        assert [group["GroupName"] for group in groups] == ["staff"]
    assert world.do("ListUserPolicies", UserName="bob")["PolicyNames"] == ["given"]
    assert len(world.do("ListAttachedUserPolicies", UserName="bob")["AttachedPolicies"]) == 1


def test_a_boundary_and_tags_are_set_with_the_user(world: World, root: Visitor) -> None:
    permissions = {"option": "groups", "use_boundary": "yes", "boundary": S3_FULL}
    walk(root, {"UserName": "ann"}, permissions, **{"Tags-key": ["team"], "Tags-value": ["red"]})
    user = world.do("GetUser", UserName="ann")["User"]
    assert user["PermissionsBoundary"]["PermissionsBoundaryArn"] == S3_FULL
    assert user["Tags"] == [{"Key": "team", "Value": "red"}]


@pytest.mark.parametrize("name", ["", "has space", "ünïcode", "x" * 65, "a/b"])
def test_a_bad_name_is_refused_at_the_field_in_awss_words(root: Visitor, name: str) -> None:
    response = root.post(step("details"), UserName=name)
    errors = response.context["form"].errors["UserName"]
    assert "userName" in errors[0]
    assert name in text_of(response) or f'value="{name}"' in response.content.decode()


def test_a_taken_name_is_reported_at_the_end_and_nothing_is_lost(
    world: World, root: Visitor
) -> None:
    world.add_user("Ann")
    response = walk(root, {"UserName": "ann"}, {"option": "direct", "selected": [S3_FULL]})
    assert "User with name ann already exists." in text_of(response)
    assert "AmazonS3FullAccess" in text_of(response)


def test_a_weak_password_is_refused_before_the_user_exists(world: World, root: Visitor) -> None:
    details = {"UserName": "ann", "console": "on", "source": "custom", "Password": "weak"}
    response = root.post(step("details"), **details)
    assert response.context["form"].errors["Password"]
    assert world.do("ListUsers")["Users"] == []


def test_a_failure_after_the_user_was_created_is_reported(world: World) -> None:
    world.add_user("maker", allow("iam:CreateUser", "iam:List*", "iam:Get*"))
    maker = Visitor(world, "maker")
    response = walk(maker, {"UserName": "ann"}, {"option": "direct", "selected": [S3_FULL]})
    said = text_of(response)
    assert "User created successfully" in said
    assert "AmazonS3FullAccess was not attached: User: arn:" in said


def test_a_later_step_alone_leads_back_to_the_first(root: Visitor) -> None:
    for slug in ("permissions", "review", "retrieve", "nonsense"):
        assert "Specify user details" in text_of(root.get(step(slug)))


def test_a_missing_user_to_copy_from_is_reported(root: Visitor) -> None:
    root.post(step("details"), UserName="ann")
    said = text_of(root.post(step("permissions"), option="copy"))
    assert "Choose the user to copy permissions from." in said
    said = text_of(root.post(step("permissions"), option="groups", use_boundary="yes"))
    assert "Choose the policy to use as the boundary." in said
