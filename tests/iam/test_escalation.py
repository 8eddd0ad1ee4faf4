"""Each documented way to administrator rights, found and walked, and what stands in its way."""

from typing import Any

import pytest

from tests.iam.analysis_worlds import arn
from tests.iam.escalating import (
    EVERYTHING,
    SELF,
    admin_group,
    admin_role,
    admin_role_for_nobody,
    admin_user,
    ask,
    deny,
    mallory,
    only_path,
    operations,
)
from tests.worlds import World, allow

OWN = arn("policy", "own")


def _own_policy(world: World) -> None:
    world.do("CreatePolicy", PolicyName="own", PolicyDocument=allow("s3:ListAllMyBuckets"))
    world.do("AttachUserPolicy", UserName="mallory", PolicyArn=OWN)


def _older_version(world: World) -> None:
    world.do("CreatePolicy", PolicyName="own", PolicyDocument=EVERYTHING)
    tame = allow("s3:ListAllMyBuckets")
    world.do("CreatePolicyVersion", PolicyArn=OWN, PolicyDocument=tame, SetAsDefault=True)
    world.do("AttachUserPolicy", UserName="mallory", PolicyArn=OWN)


def _in_a_group(world: World) -> None:
    world.do("CreateGroup", GroupName="g")
    world.do("AddUserToGroup", GroupName="g", UserName="mallory")


def _admin_user_with_password(world: World) -> None:
    admin_user(world)
    world.do("CreateLoginProfile", UserName="boss", Password="Secret-123")


def _role_to_assume(world: World) -> None:
    world.add_role("R", SELF)


def _nothing(world: World) -> None:
    """Leave the world as it is."""


IAM_WAYS: list[tuple[str, Any, list[tuple[str, ...]]]] = [
    ("iam:CreatePolicyVersion", _own_policy, [("iam:CreatePolicyVersion",)]),
    ("iam:SetDefaultPolicyVersion", _older_version, [("iam:SetDefaultPolicyVersion",)]),
    ("iam:AttachUserPolicy", _nothing, [("iam:AttachUserPolicy",)]),
    ("iam:PutUserPolicy", _nothing, [("iam:PutUserPolicy",)]),
    ("iam:AttachGroupPolicy", _in_a_group, [("iam:AttachGroupPolicy",)]),
    ("iam:PutGroupPolicy", _in_a_group, [("iam:PutGroupPolicy",)]),
    ("iam:AddUserToGroup", admin_group, [("iam:AddUserToGroup",)]),
    ("iam:AttachRolePolicy", _role_to_assume, [("sts:AssumeRole",), ("iam:AttachRolePolicy",)]),
    ("iam:PutRolePolicy", _role_to_assume, [("sts:AssumeRole",), ("iam:PutRolePolicy",)]),
    (
        "iam:UpdateAssumeRolePolicy",
        admin_role_for_nobody,
        [("iam:UpdateAssumeRolePolicy",), ("sts:AssumeRole",)],
    ),
    ("iam:CreateAccessKey", admin_user, [("iam:CreateAccessKey",)]),
    ("iam:CreateLoginProfile", admin_user, [("iam:CreateLoginProfile",)]),
    ("iam:UpdateLoginProfile", _admin_user_with_password, [("iam:UpdateLoginProfile",)]),
    ("sts:AssumeRole", admin_role, [("sts:AssumeRole",)]),
]


@pytest.mark.parametrize(("action", "prepare", "path"), IAM_WAYS)
def test_a_documented_way_is_found_and_works(
    world: World, action: str, prepare: Any, path: list[tuple[str, ...]]
) -> None:
    mallory(world, action)
    prepare(world)
    assert sorted(only_path(world)) == sorted(path)


@pytest.mark.parametrize(("action", "prepare", "path"), IAM_WAYS)
def test_without_the_right_there_is_no_way(
    world: World, action: str, prepare: Any, path: list[tuple[str, ...]]
) -> None:
    mallory(world, "s3:*")
    prepare(world)
    assert ask(world).paths == ()


@pytest.mark.parametrize(("action", "prepare", "path"), IAM_WAYS)
def test_an_explicit_deny_closes_the_way(
    world: World, action: str, prepare: Any, path: list[tuple[str, ...]]
) -> None:
    mallory(world, action)
    prepare(world)
    world.do("PutUserPolicy", UserName="mallory", PolicyName="no", PolicyDocument=deny(action))
    assert ask(world).paths == ()


@pytest.mark.parametrize(("action", "prepare", "path"), IAM_WAYS)
def test_a_boundary_closes_the_way(
    world: World, action: str, prepare: Any, path: list[tuple[str, ...]]
) -> None:
    mallory(world, action)
    prepare(world)
    world.do("CreatePolicy", PolicyName="limit", PolicyDocument=allow("s3:*"))
    limit = arn("policy", "limit")
    world.do("PutUserPermissionsBoundary", UserName="mallory", PermissionsBoundary=limit)
    assert ask(world).paths == ()


@pytest.mark.parametrize(
    "action",
    ["iam:AttachUserPolicy", "iam:PutUserPolicy", "iam:CreatePolicyVersion", "iam:AddUserToGroup"],
)
def test_more_policies_do_not_help_within_a_boundary(world: World, action: str) -> None:
    mallory(world, action)
    _own_policy(world)
    admin_group(world)
    world.do("CreatePolicy", PolicyName="limit", PolicyDocument=allow("s3:*", action))
    limit = arn("policy", "limit")
    world.do("PutUserPermissionsBoundary", UserName="mallory", PermissionsBoundary=limit)
    found = ask(world).paths
    if action == "iam:CreatePolicyVersion":
        assert operations(found[0]) == [(action,), (action,)]
    else:
        assert found == ()


@pytest.mark.parametrize(
    "removal", ["iam:DeleteUserPermissionsBoundary", "iam:PutUserPermissionsBoundary"]
)
def test_a_boundary_that_the_principal_may_remove_is_no_obstacle(
    world: World, removal: str
) -> None:
    mallory(world, "*")
    world.do("CreatePolicy", PolicyName="limit", PolicyDocument=allow("s3:*", removal))
    limit = arn("policy", "limit")
    world.do("PutUserPermissionsBoundary", UserName="mallory", PermissionsBoundary=limit)
    assert only_path(world) == [(removal,)]


def test_a_deny_elsewhere_outlasts_every_new_policy(world: World) -> None:
    mallory(world, "iam:AttachUserPolicy")
    no = deny("kms:*", "iam:Put*", "iam:Delete*", "iam:Create*")
    world.do("PutUserPolicy", UserName="mallory", PolicyName="no", PolicyDocument=no)
    assert ask(world).paths == ()


def test_a_condition_is_part_of_the_decision(world: World) -> None:
    condition = {"StringEquals": {"iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess"}}
    mallory(world, "iam:AttachUserPolicy", Condition=condition)
    assert ask(world).paths == ()


def test_a_permission_on_others_is_none_on_oneself(world: World) -> None:
    mallory(world, "iam:AttachUserPolicy", resource=arn("user", "somebody"))
    assert ask(world).paths == ()


def test_a_key_or_password_that_cannot_be_added_is_not_assumed(world: World) -> None:
    mallory(world, "iam:CreateAccessKey", "iam:CreateLoginProfile")
    _admin_user_with_password(world)
    for _ in range(2):
        world.do("CreateAccessKey", UserName="boss")
    assert ask(world).paths == ()
    more = allow("iam:DeleteAccessKey")
    world.do("PutUserPolicy", UserName="mallory", PolicyName="more", PolicyDocument=more)
    (path,) = ask(world).paths
    assert operations(path) == [("iam:CreateAccessKey", "iam:DeleteAccessKey")]


def test_a_policy_with_five_versions_needs_one_deleted(world: World) -> None:
    mallory(world, "iam:CreatePolicyVersion")
    _own_policy(world)
    for _ in range(4):
        world.do("CreatePolicyVersion", PolicyArn=OWN, PolicyDocument=allow("s3:*"))
    assert ask(world).paths == ()


def test_a_user_with_every_place_for_policies_taken_gets_one_embedded(world: World) -> None:
    mallory(world, "iam:AttachUserPolicy", "iam:PutUserPolicy")
    for number in range(10):
        name = f"p{number}"
        world.do("CreatePolicy", PolicyName=name, PolicyDocument=allow("s3:*"))
        world.do("AttachUserPolicy", UserName="mallory", PolicyArn=arn("policy", name))
    assert only_path(world) == [("iam:PutUserPolicy",)]
