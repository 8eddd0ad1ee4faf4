"""User groups: the list, creating one, a group's page."""

import pytest
from django.urls import reverse

from tests.pages.iam.counting import queries_of
from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow

S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"


def group_names(world: World) -> list[str]:
    return [group["GroupName"] for group in world.do("ListGroups")["Groups"]]


def test_a_group_is_created_with_users_and_policies(world: World, root: Visitor) -> None:
    world.add_user("ann")
    fields = {"GroupName": "staff", "member": ["ann"], "selected": [S3_FULL]}
    said = text_of(root.post(reverse("group_create"), **fields))
    assert "staff user group created." in said
    assert "staff 1 Defined" in said
    users = world.do("GetGroup", GroupName="staff")["Users"]
    assert [user["UserName"] for user in users] == ["ann"]


@pytest.mark.parametrize("name", ["", "has space", "ü", "x" * 129])
def test_a_bad_name_is_refused_and_what_was_ticked_stays(
    world: World, root: Visitor, name: str
) -> None:
    fields = {"GroupName": name, "selected": [S3_FULL]}
    response = root.post(reverse("group_create"), **fields)
    assert "groupName" in response.context["form"].errors["GroupName"][0]
    assert response.context["policies"].selected == (S3_FULL,)
    assert group_names(world) == []


def test_a_name_that_is_taken_is_refused_at_the_field(world: World, root: Visitor) -> None:
    world.do("CreateGroup", GroupName="Staff")
    response = root.post(reverse("group_create"), GroupName="staff")
    errors = response.context["form"].errors["GroupName"]
    assert errors == ["Group with name staff already exists."]


def test_the_list_takes_as_many_queries_for_30_groups_as_for_3(world: World, root: Visitor) -> None:
    for number in range(3):
        world.do("CreateGroup", GroupName=f"group-{number}")
    few = queries_of(root, reverse("groups"))
    for number in range(3, 30):
        world.do("CreateGroup", GroupName=f"group-{number}")
    assert queries_of(root, reverse("groups")) == few


def test_users_are_added_and_removed(world: World, root: Visitor) -> None:
    world.do("CreateGroup", GroupName="staff")
    for name in ("ann", "bob"):
        world.add_user(name)
    url = reverse("group_users_add", args=["staff"])
    assert "2 users added to this group." in text_of(root.post(url, member=["ann", "bob"]))
    url = reverse("group_users_remove", args=["staff"])
    assert "Remove 1 user from staff?" in text_of(root.get(url, member="ann"))
    assert "1 user removed from this group." in text_of(root.post(url, member=["ann"]))
    said = text_of(root.get(reverse("group", args=["staff"])))
    assert "Users in this group (1)" in said


def test_deleting_removes_members_and_policies_first(world: World, root: Visitor) -> None:
    world.do("CreateGroup", GroupName="staff")
    world.add_user("ann")
    world.do("AddUserToGroup", GroupName="staff", UserName="ann")
    world.do("AttachGroupPolicy", GroupName="staff", PolicyArn=S3_FULL)
    world.do("PutGroupPolicy", GroupName="staff", PolicyName="own", PolicyDocument=allow("s3:*"))
    url = reverse("group_delete")
    assert root.post(url, selected=["staff"], confirm="nope").status_code == 400
    assert group_names(world) == ["staff"]
    said = text_of(root.post(url, selected=["staff"], confirm="staff"))
    assert "staff user group deleted." in said
    assert group_names(world) == []


def test_several_groups_are_deleted_by_their_number(world: World, root: Visitor) -> None:
    names = ["a", "b", "c"]
    for name in names:
        world.do("CreateGroup", GroupName=name)
    url = reverse("group_delete")
    assert "3 user groups" in text_of(root.get(url, selected=names))
    root.post(url, selected=names, confirm="3 user groups")
    assert group_names(world) == []
