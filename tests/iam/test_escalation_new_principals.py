"""Ways to administrator by a user or a role that somebody makes, walked as they are found."""

from typing import Any

import pytest

from tests.iam.analysis_worlds import arn
from tests.iam.escalating import admin_group, ask, only_path
from tests.worlds import World, allow, document

LIMIT = arn("policy", "limit")
LIMITED = {"StringEquals": {"iam:PermissionsBoundary": LIMIT}}
RED = {"StringEquals": {"aws:RequestTag/team": "red"}}
OF_RED = {"StringEquals": {"aws:ResourceTag/team": "red"}}


def may(*actions: str, on: str = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": on, **more}


def may_not(*actions: str, on: str = "*") -> dict[str, Any]:
    return {"Effect": "Deny", "Action": list(actions), "Resource": on}


def with_mallory(world: World, *statements: dict[str, Any]) -> World:
    admin_group(world)
    world.do("CreatePolicy", PolicyName="limit", PolicyDocument=allow("s3:*"))
    world.add_user("mallory", document(*statements))
    return world


# https://pathfinding.cloud and Rhino Security Labs, AWS IAM Privilege Escalation: the calls that
# change a principal's policies work on one that the caller has made, too.
WAYS: dict[str, tuple[list[dict[str, Any]], set[str]]] = {
    "a role, and a managed policy": (
        [may("iam:CreateRole", "iam:AttachRolePolicy")],
        {"iam:CreateRole", "sts:AssumeRole", "iam:AttachRolePolicy"},
    ),
    "a role of a path": (
        [may("iam:CreateRole", "iam:PutRolePolicy", on=arn("role", "app/*"))],
        {"iam:CreateRole", "sts:AssumeRole", "iam:PutRolePolicy"},
    ),
    "a role whose name begins so": (
        [may("iam:CreateRole", "iam:AttachRolePolicy", on=arn("role", "dev-*"))],
        {"iam:CreateRole", "sts:AssumeRole", "iam:AttachRolePolicy"},
    ),
    "a user and a key": (
        [
            may("iam:CreateUser"),
            may("iam:AttachUserPolicy", "iam:CreateAccessKey", on=arn("user", "tmp/*")),
        ],
        {"iam:CreateUser", "iam:CreateAccessKey", "iam:AttachUserPolicy"},
    ),
    "a user and a password": (
        [
            may(
                "iam:CreateUser",
                "iam:PutUserPolicy",
                "iam:CreateLoginProfile",
                on=arn("user", "t?"),
            )
        ],
        {"iam:CreateUser", "iam:CreateLoginProfile", "iam:PutUserPolicy"},
    ),
    "a user in a group": (
        [
            may("iam:CreateUser", "iam:CreateAccessKey", on=arn("user", "t-*")),
            may("iam:AddUserToGroup", on=arn("group", "admins")),
            may_not("*", on=arn("user", "mallory")),
        ],
        {"iam:AddUserToGroup"},
    ),
    "a role with the boundary that is asked for, taken off": (
        [
            may("iam:CreateRole", "iam:AttachRolePolicy", Condition=LIMITED),
            may("iam:DeleteRolePermissionsBoundary"),
        ],
        {
            "iam:CreateRole",
            "sts:AssumeRole",
            "iam:AttachRolePolicy",
            "iam:DeleteRolePermissionsBoundary",
        },
    ),
    "a role with the tag that is asked for": (
        [
            may("iam:CreateRole", "iam:TagRole", Condition=RED),
            may("iam:AttachRolePolicy", Condition=OF_RED),
        ],
        {"iam:CreateRole", "sts:AssumeRole", "iam:AttachRolePolicy"},
    ),
    "a role that is tagged later": (
        [
            may("iam:CreateRole", on=arn("role", "new-*")),
            may("iam:TagRole", on=arn("role", "new-*")),
            may("iam:PutRolePolicy", Condition=OF_RED),
        ],
        {"iam:CreateRole", "sts:AssumeRole", "iam:PutRolePolicy"},
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_somebody_becomes_administrator_by_whom_they_make(world: World, way: str) -> None:
    statements, actions = WAYS[way]
    path = only_path(with_mallory(world, *statements))
    assert actions <= {one for step in path for one in step}


NO_WAYS: dict[str, list[dict[str, Any]]] = {
    "the boundary stays": [may("iam:CreateRole", "iam:AttachRolePolicy", Condition=LIMITED)],
    "the role that may be made is not the one that may be given rights": [
        may("iam:CreateRole", on=arn("role", "a/*")),
        may("iam:AttachRolePolicy", on=arn("role", "b/*")),
    ],
    "nobody may act as the user": [
        may("iam:CreateUser", "iam:AttachUserPolicy", on=arn("user", "t-*"))
    ],
    "no role may be assumed": [
        may("iam:CreateRole", "iam:AttachRolePolicy"),
        may_not("sts:AssumeRole"),
    ],
    "a tag is asked for that may not be set": [
        may("iam:CreateRole", on=arn("role", "new-*")),
        may("iam:PutRolePolicy", Condition=OF_RED),
    ],
}


@pytest.mark.parametrize("case", NO_WAYS)
def test_whom_somebody_makes_is_no_way_by_itself(world: World, case: str) -> None:
    found = ask(with_mallory(world, *NO_WAYS[case]))
    assert found.complete
    assert found.paths == ()
