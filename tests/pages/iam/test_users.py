"""The users list, a user's page, and what its buttons do."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.pages.iam.counting import queries_of
from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow

S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
PASSWORD = "Correct-horse-1"


@pytest.fixture
def ann(world: World) -> str:
    """Return the page of ann, who is in a group and has one of everything."""
    world.add_user("ann", allow("s3:*"))
    world.do("CreateGroup", GroupName="staff")
    world.do("AddUserToGroup", GroupName="staff", UserName="ann")
    world.do("AttachGroupPolicy", GroupName="staff", PolicyArn=READ_ONLY)
    world.do("AttachUserPolicy", UserName="ann", PolicyArn=S3_FULL)
    world.do("CreateLoginProfile", UserName="ann", Password=PASSWORD)
    return reverse("user", args=["ann"])


def page(name: str, *args: str) -> str:
    return reverse(name, args=["ann", *args])


def add_users(world: World, count: int) -> None:
    for number in range(count):
        name = f"user-{number}"
        world.do("CreateUser", UserName=name)
        world.do("CreateAccessKey", UserName=name)
        world.do("CreateLoginProfile", UserName=name, Password=PASSWORD)


def test_the_list_shows_how_users_sign_in(world: World, root: Visitor, ann: str) -> None:
    key = world.do("CreateAccessKey", UserName="ann")["AccessKey"]["AccessKeyId"]
    said = text_of(root.get(reverse("users")))
    for words in ("Users (1)", "Password age", "Never", f"Active - {key}"):
        assert words in said
    world.do("UpdateAccessKey", UserName="ann", AccessKeyId=key, Status="Inactive")
    assert f"Inactive - {key}" in text_of(root.get(reverse("users")))


def test_the_list_takes_as_many_queries_for_30_users_as_for_3(world: World, root: Visitor) -> None:
    add_users(world, 3)
    few = queries_of(root, reverse("users"))
    add_users_from(world, 3, 30)
    assert queries_of(root, reverse("users")) == few


def add_users_from(world: World, start: int, stop: int) -> None:
    for number in range(start, stop):
        name = f"user-{number}"
        world.do("CreateUser", UserName=name)
        world.do("CreateAccessKey", UserName=name)


def test_users_in_another_order_are_read_once_for_all_that_the_page_asks(
    world: World, root: Visitor
) -> None:
    add_users(world, 3)
    with CaptureQueriesContext(connection) as queries:
        assert root.get(f"{reverse('users')}?sort=activity").status_code == 200
    users = [one["sql"] for one in queries if 'FROM "iam_user"' in one["sql"]]
    assert sum('"iam_user"."tags"' in sql for sql in users) == 1, users


def test_a_user_who_may_only_list_sees_only_names(world: World) -> None:
    world.add_user("ann", allow("iam:ListUsers"))
    said = text_of(Visitor(world, "ann").get(reverse("users")))
    assert "Users (1)" in said
    assert "Access denied" in said


def test_a_user_has_policies_directly_inline_and_by_group(root: Visitor, ann: str) -> None:
    said = text_of(root.get(ann))
    assert "Permissions policies (3)" in said
    for words in (
        "AmazonS3FullAccess AWS managed Directly",
        "given Customer inline Inline",
        "ReadOnlyAccess AWS managed Group staff",
    ):
        assert words in said, words


def test_removing_asks_first_and_then_detaches_deletes_and_leaves(
    world: World, root: Visitor, ann: str
) -> None:
    url = reverse("entity_policies_remove", args=["users", "ann"])
    chosen = [f"managed:{S3_FULL}", "inline:given", "group:staff"]
    asked = root.get(url, selected=chosen)
    assert "Remove 3 policies from user?" in text_of(asked)
    assert world.do("ListGroupsForUser", UserName="ann")["Groups"]
    said = text_of(root.post(url, selected=chosen))
    for words in ("1 policy removed", "1 inline policy removed", "User removed from staff"):
        assert words in said
    assert world.do("ListAttachedUserPolicies", UserName="ann")["AttachedPolicies"] == []
    assert world.do("ListUserPolicies", UserName="ann")["PolicyNames"] == []
    assert world.do("ListGroupsForUser", UserName="ann")["Groups"] == []


def test_a_denied_removal_shows_why(world: World, ann: str) -> None:
    world.add_user("bob", allow("iam:Get*", "iam:List*"))
    url = reverse("entity_policies_remove", args=["users", "ann"])
    said = text_of(Visitor(world, "bob").post(url, selected=[f"managed:{S3_FULL}"]))
    assert "AmazonS3FullAccess was not removed: User: arn:aws:iam::" in said
    assert "iam:DetachUserPolicy" in said
    assert "Why?" in said


def test_htmx_gets_the_dialog_alone(root: Visitor, ann: str) -> None:
    url = reverse("user_delete") + "?selected=ann"
    response = root.client.get(url, headers={"HX-Request": "true"})
    assert response.content.decode().strip().startswith("<dialog")


def test_a_boundary_is_set_changed_and_removed(world: World, root: Visitor, ann: str) -> None:
    said = text_of(root.post(page("user_boundary"), boundary=READ_ONLY))
    assert "Permissions boundary set for user ann." in said
    assert "Permissions boundary (set)" in said
    user = world.do("GetUser", UserName="ann")["User"]
    assert user["PermissionsBoundary"]["PermissionsBoundaryArn"] == READ_ONLY
    root.post(page("user_boundary_remove"))
    assert "PermissionsBoundary" not in world.do("GetUser", UserName="ann")["User"]


def test_a_boundary_that_does_not_exist_is_refused_in_awss_words(root: Visitor, ann: str) -> None:
    arn = "arn:aws:iam::aws:policy/Nothing"
    said = text_of(root.post(page("user_boundary"), boundary=arn))
    assert f"Scope ARN: {arn} does not exist or is not attachable." in said
    said = text_of(root.post(page("user_boundary")))
    assert "Choose the policy to use as the boundary." in said


def test_groups_are_joined_and_left(world: World, root: Visitor, ann: str) -> None:
    world.do("CreateGroup", GroupName="DevelopersGroup")
    said = text_of(root.post(page("user_groups_add"), group=["DevelopersGroup"]))
    assert "User added to group DevelopersGroup" in said
    assert "User groups membership (2)" in said
    root.post(page("user_groups_remove"), group=["staff", "DevelopersGroup"])
    assert world.do("ListGroupsForUser", UserName="ann")["Groups"] == []


def test_tags_are_added_changed_and_removed(world: World, root: Visitor, ann: str) -> None:
    fields: dict[str, Any] = {"Tags-key": ["team", "stage"], "Tags-value": ["red", "dev"]}
    assert "Tags updated." in text_of(root.post(page("user_tags"), **fields))
    root.post(page("user_tags"), **{"Tags-key": ["TEAM"], "Tags-value": ["blue"]})
    assert world.do("ListUserTags", UserName="ann")["Tags"] == [{"Key": "TEAM", "Value": "blue"}]


@pytest.mark.parametrize("key", ["aws:own", "se;mi", "x" * 129])
def test_a_tag_that_aws_refuses_is_kept_with_its_sentence(
    world: World, root: Visitor, ann: str, key: str
) -> None:
    response = root.post(page("user_tags"), **{"Tags-key": [key], "Tags-value": ["v"]})
    assert response.context["form"].errors["Tags"]
    assert key in response.content.decode()
    assert world.do("ListUserTags", UserName="ann")["Tags"] == []


def test_console_access_is_enabled_with_a_password_shown_once(world: World, root: Visitor) -> None:
    world.add_user("ann")
    url = page("user_console")
    response = root.post(url, source="custom", Password=PASSWORD)
    assert "Console access enabled." in text_of(response)
    assert PASSWORD in text_of(response)
    assert PASSWORD not in text_of(root.get(url))
    world.do("GetLoginProfile", UserName="ann")
    response = root.post(url, source="auto", PasswordResetRequired="on")
    assert "Console password updated." in text_of(response)
    profile = world.do("GetLoginProfile", UserName="ann")["LoginProfile"]
    assert profile["PasswordResetRequired"] is True
    assert "Console access disabled." in text_of(root.post(page("user_console_disable")))
    assert "Console password Not enabled" in text_of(root.get(page("user"), tab="credentials"))


def test_a_weak_password_is_refused_at_the_field(root: Visitor, ann: str) -> None:
    response = root.post(page("user_console"), source="custom", Password="short")
    errors = response.context["form"].errors["Password"]
    assert errors == ["Password does not conform to the account password policy."]


def test_a_user_is_deleted_with_all_that_hangs_on_it(world: World, root: Visitor, ann: str) -> None:
    key = world.do("CreateAccessKey", UserName="ann")["AccessKey"]["AccessKeyId"]
    fields = {"selected": ["ann"], "confirm": "ann"}
    said = text_of(root.post(reverse("user_delete"), **fields))
    assert "User ann was not deleted: deactivate its access keys first." in said
    world.do("UpdateAccessKey", UserName="ann", AccessKeyId=key, Status="Inactive")
    assert "User ann deleted." in text_of(root.post(reverse("user_delete"), **fields))
    assert world.do("ListUsers")["Users"] == []


@pytest.mark.parametrize("typed", ["", "Ann", "delete"])
def test_a_user_is_not_deleted_unless_the_name_is_typed(
    world: World, root: Visitor, ann: str, typed: str
) -> None:
    response = root.post(reverse("user_delete"), selected=["ann"], confirm=typed)
    assert response.status_code == 400
    assert "To confirm, type ann." in text_of(response)
    assert world.do("ListUsers")["Users"]
