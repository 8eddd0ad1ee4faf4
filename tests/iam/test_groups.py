"""Groups and memberships."""

import pytest

from iam.perform import AccessDenied, perform, perform_each
from tests.worlds import allow


def test_a_group_lists_its_members_and_a_user_its_groups(world):
    world.add_user("ann")
    made = world.do("CreateGroup", GroupName="devs", Path="/x/")["Group"]
    assert made["GroupId"].startswith("AGPA")
    world.do("AddUserToGroup", GroupName="devs", UserName="ann")
    world.do("AddUserToGroup", GroupName="devs", UserName="ann")
    group = world.do("GetGroup", GroupName="devs")
    assert group["Group"] == made
    assert [user["UserName"] for user in group["Users"]] == ["ann"]
    assert world.do("ListGroupsForUser", UserName="ann")["Groups"] == [made]
    world.do("RemoveUserFromGroup", GroupName="devs", UserName="ann")
    assert world.do("GetGroup", GroupName="devs")["Users"] == []


def test_a_groups_policies_are_its_members(world):
    ann = world.add_user("ann")
    world.do("CreateGroup", GroupName="readers")
    world.do(
        "PutGroupPolicy", GroupName="readers", PolicyName="p", PolicyDocument=allow("iam:List*")
    )
    with pytest.raises(AccessDenied):
        perform(ann, "iam:ListUsers")
    world.do("AddUserToGroup", GroupName="readers", UserName="ann")
    assert perform(world.user("ann"), "iam:ListUsers")["Users"]


def test_ten_groups_are_the_most_for_a_user(world, refusal):
    world.add_user("ann")
    for number in range(11):
        world.do("CreateGroup", GroupName=f"g{number}")
    for number in range(10):
        world.do("AddUserToGroup", GroupName=f"g{number}", UserName="ann")
    error = refusal("AddUserToGroup", GroupName="g10", UserName="ann")
    assert error.message == "Cannot exceed quota for GroupsPerUser: 10"


def test_what_is_missing_is_named(world, refusal):
    world.add_user("ann")
    error = refusal("AddUserToGroup", GroupName="none", UserName="ann")
    assert error.message == "The group with name none cannot be found."
    world.do("CreateGroup", GroupName="devs")
    error = refusal("AddUserToGroup", GroupName="devs", UserName="Ann")
    assert error.message == "The user with name Ann cannot be found."
    assert refusal("CreateGroup", GroupName="DEVS").message == (
        "Group with name DEVS already exists."
    )


def test_a_group_with_members_or_policies_stays(world, refusal):
    world.add_user("ann")
    world.do("CreateGroup", GroupName="devs")
    world.do("AddUserToGroup", GroupName="devs", UserName="ann")
    assert refusal("DeleteGroup", GroupName="devs").message == (
        "Cannot delete entity, must remove users from group first."
    )
    world.do("RemoveUserFromGroup", GroupName="devs", UserName="ann")
    world.do("DeleteGroup", GroupName="devs")
    assert world.do("ListGroups")["Groups"] == []


def test_each_row_is_authorized_on_its_own(world):
    for name in ("ann", "bea"):
        world.add_user(name)
    ann_arn = world.user("ann").arn
    eve = world.add_user("eve", allow("iam:ListGroupsForUser", resource=ann_arn))
    allowed, denied = perform_each(
        eve, "iam:ListGroupsForUser", [{"UserName": "ann"}, {"UserName": "bea"}]
    )
    assert allowed == {"Groups": [], "IsTruncated": False}
    assert isinstance(denied, AccessDenied)
    assert "user/bea" in denied.message
