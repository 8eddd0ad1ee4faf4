"""Instance profiles: one role, passed by who may; and what stands in the way of deleting."""

from typing import Any

import pytest

from iam.perform import AccessDenied, perform
from tests.worlds import ACCOUNT_ID, allow, document

ROLE_ARN = f"arn:aws:iam::{ACCOUNT_ID}:role/R"
PROFILE_ARN = f"arn:aws:iam::{ACCOUNT_ID}:instance-profile/P"
PAIR = {"InstanceProfileName": "P", "RoleName": "R"}


@pytest.fixture
def filled(world):
    """A profile P that carries the role R."""
    world.add_role("R")
    world.do("CreateInstanceProfile", InstanceProfileName="P", Tags=[{"Key": "a", "Value": "b"}])
    world.do("AddRoleToInstanceProfile", **PAIR)
    return world


def test_a_profile_is_shown_with_its_role_and_lists_leave_its_tags_out(filled):
    profile = filled.do("GetInstanceProfile", InstanceProfileName="P")["InstanceProfile"]
    assert profile["Arn"] == PROFILE_ARN
    assert profile["InstanceProfileId"].startswith("AIPA")
    assert [role["Arn"] for role in profile["Roles"]] == [ROLE_ARN]
    assert profile.pop("Tags") == [{"Key": "a", "Value": "b"}]
    assert filled.do("ListInstanceProfiles")["InstanceProfiles"] == [profile]
    assert filled.do("ListInstanceProfilesForRole", RoleName="R")["InstanceProfiles"] == [profile]
    details = filled.do("GetAccountAuthorizationDetails", Filter=["Role"])["RoleDetailList"]
    assert details[0]["InstanceProfileList"] == [profile]
    assert filled.do("GetAccountSummary")["SummaryMap"]["InstanceProfiles"] == 1


def test_a_profile_takes_one_role_and_no_second_time(filled, refusal):
    filled.add_role("S")
    for role in ("R", "S"):
        error = refusal("AddRoleToInstanceProfile", InstanceProfileName="P", RoleName=role)
        assert (error.code, error.status) == ("LimitExceeded", 409)
        assert error.message == "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"


def test_filled_profiles_and_their_roles_are_not_deleted(filled, refusal):
    for operation, params in (
        ("DeleteRole", {"RoleName": "R"}),
        ("DeleteInstanceProfile", {"InstanceProfileName": "P"}),
    ):
        error = refusal(operation, **params)
        assert (error.code, error.status) == ("DeleteConflict", 409)
        assert error.message == (
            "Cannot delete entity, must remove roles from instance profile first."
        )
    filled.do("RemoveRoleFromInstanceProfile", **PAIR)
    filled.do("DeleteInstanceProfile", InstanceProfileName="P")
    filled.do("DeleteRole", RoleName="R")


def test_names_are_taken_whatever_their_case(filled, refusal):
    error = refusal("CreateInstanceProfile", InstanceProfileName="p")
    assert error.message == "Instance Profile p already exists."
    assert refusal("GetInstanceProfile", InstanceProfileName="p").message == (
        "Instance Profile p cannot be found."
    )


@pytest.mark.parametrize(
    ("passed_to", "denied"), [("ec2.amazonaws.com", False), ("lambda.amazonaws.com", True)]
)
def test_adding_a_role_to_a_profile_passes_the_role(world, passed_to, denied):
    world.add_role("R")
    world.do("CreateInstanceProfile", InstanceProfileName="P")
    condition = {"StringEquals": {"iam:PassedToService": passed_to}}
    statements: list[dict[str, Any]] = [
        {"Effect": "Allow", "Action": "iam:AddRoleToInstanceProfile", "Resource": PROFILE_ARN},
        {
            "Effect": "Allow",
            "Action": "iam:PassRole",
            "Resource": ROLE_ARN,
            "Condition": condition,
        },
    ]
    ann = world.add_user("ann", document(*statements))
    if not denied:
        perform(ann, "iam:AddRoleToInstanceProfile", PAIR)
        return
    with pytest.raises(AccessDenied) as caught:
        perform(ann, "iam:AddRoleToInstanceProfile", PAIR)
    assert f"is not authorized to perform: iam:PassRole on resource: {ROLE_ARN}" in str(
        caught.value
    )


def test_a_linked_role_has_its_service_policy_and_is_changed_by_nobody(world, refusal):
    service = "autoscaling.amazonaws.com"
    role = world.do("CreateServiceLinkedRole", AWSServiceName=service, CustomSuffix="a")["Role"]
    assert role["Arn"] == (
        f"arn:aws:iam::{ACCOUNT_ID}:role/aws-service-role/{service}/AWSServiceRoleForAutoScaling_a"
    )
    name = role["RoleName"]
    attached = world.do("ListAttachedRolePolicies", RoleName=name)["AttachedPolicies"]
    assert [one["PolicyName"] for one in attached] == ["AutoScalingServiceRolePolicy"]
    world.do("CreateInstanceProfile", InstanceProfileName="P")
    for operation, params in (
        ("PutRolePolicy", {"PolicyName": "p", "PolicyDocument": allow("s3:*")}),
        ("DetachRolePolicy", {"PolicyArn": attached[0]["PolicyArn"]}),
        ("AddRoleToInstanceProfile", {"InstanceProfileName": "P"}),
        ("DeleteRole", {}),
    ):
        error = refusal(operation, RoleName=name, **params)
        assert error.code == "UnmodifiableEntity"
        assert error.message == (
            f"Cannot perform the operation on the protected role '{name}' - "
            "this role is only modifiable by AWS"
        )


def test_a_linked_role_is_deleted_by_a_task_that_nobody_can_make_up(world, refusal):
    world.do("CreateServiceLinkedRole", AWSServiceName="ecs.amazonaws.com")
    task = world.do("DeleteServiceLinkedRole", RoleName="AWSServiceRoleForECS")["DeletionTaskId"]
    assert task.startswith("task/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS/")
    status = world.do("GetServiceLinkedRoleDeletionStatus", DeletionTaskId=task)
    assert status == {"Status": "SUCCEEDED"}
    assert world.do("ListRoles")["Roles"] == []
    made_up = task[:-1] + ("0" if task[-1] != "0" else "1")
    error = refusal("GetServiceLinkedRoleDeletionStatus", DeletionTaskId=made_up)
    assert error.code == "NoSuchEntity"


@pytest.mark.parametrize(
    ("params", "message"),
    [
        (
            {"AWSServiceName": "nothing.amazonaws.com"},
            "Cannot find Service Linked Role template for nothing.amazonaws.com",
        ),
        (
            {"AWSServiceName": "ecs.amazonaws.com", "CustomSuffix": "a"},
            "Custom suffix is not allowed for ecs.amazonaws.com",
        ),
        (
            {"AWSServiceName": "rds.amazonaws.com"},
            "Service role name AWSServiceRoleForRDS has been taken in this account, "
            "please try a different suffix.",
        ),
    ],
)
def test_a_linked_role_that_cannot_be_is_invalid_input(world, refusal, params, message):
    world.do("CreateServiceLinkedRole", AWSServiceName="rds.amazonaws.com")
    error = refusal("CreateServiceLinkedRole", **params)
    assert (error.code, error.message) == ("InvalidInput", message)
