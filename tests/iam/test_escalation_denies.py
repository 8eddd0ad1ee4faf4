"""Ways that take a Deny away first, each found and performed."""

from typing import Any

import pytest

from iam.analysis import Do
from tests.iam.analysis_worlds import arn
from tests.iam.escalating import SELF, ask, deny, mallory, only_path, operations, walk_to
from tests.worlds import World, allow, document

ASSUME = deny("sts:AssumeRole")
LIMIT = arn("policy", "limit")
KEY = "arn:aws:s3:::reports/2026.csv"


def _goal(world: World) -> None:
    world.add_role("R", SELF)
    world.do(
        "AttachRolePolicy", RoleName="R", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess"
    )


def _embedded(world: World) -> None:
    world.do("PutUserPolicy", UserName="mallory", PolicyName="no", PolicyDocument=ASSUME)


def _managed(world: World) -> None:
    world.do("CreatePolicy", PolicyName="limit", PolicyDocument=ASSUME)


def _attached(world: World) -> None:
    _managed(world)
    world.do("AttachUserPolicy", UserName="mallory", PolicyArn=LIMIT)


def _group(world: World) -> None:
    world.do("CreateGroup", GroupName="g")
    world.do("AddUserToGroup", GroupName="g", UserName="mallory")


def _in_a_group(world: World) -> None:
    _group(world)
    world.do("PutGroupPolicy", GroupName="g", PolicyName="no", PolicyDocument=ASSUME)


def _attached_to_a_group(world: World) -> None:
    _group(world)
    _managed(world)
    world.do("AttachGroupPolicy", GroupName="g", PolicyArn=LIMIT)


REMOVALS = [
    ("iam:DeleteUserPolicy", _embedded),
    ("iam:DetachUserPolicy", _attached),
    ("iam:DeleteGroupPolicy", _in_a_group),
    ("iam:DetachGroupPolicy", _attached_to_a_group),
    ("iam:RemoveUserFromGroup", _in_a_group),
    ("iam:RemoveUserFromGroup", _attached_to_a_group),
]


@pytest.mark.parametrize(("action", "prepare"), REMOVALS)
def test_a_deny_that_the_principal_may_remove_is_no_obstacle(
    world: World, action: str, prepare: Any
) -> None:
    mallory(world, action)
    prepare(world)
    _goal(world)
    assert only_path(world) == [(action,), ("sts:AssumeRole",)]


@pytest.mark.parametrize(("action", "prepare"), REMOVALS)
def test_without_the_right_the_deny_stays(world: World, action: str, prepare: Any) -> None:
    mallory(world, "s3:*")
    prepare(world)
    _goal(world)
    assert ask(world).paths == ()


@pytest.mark.parametrize("action", ["iam:DeleteRolePolicy", "iam:DetachRolePolicy"])
def test_a_session_takes_a_deny_from_its_own_role(world: World, action: str) -> None:
    mallory(world)
    world.add_role("R", SELF)
    rights = document(
        {"Effect": "Allow", "Action": ["s3:*", action], "Resource": "*"},
    )
    world.do("PutRolePolicy", RoleName="R", PolicyName="given", PolicyDocument=rights)
    no = deny("s3:GetObject")
    if action == "iam:DeleteRolePolicy":
        world.do("PutRolePolicy", RoleName="R", PolicyName="no", PolicyDocument=no)
    else:
        world.do("CreatePolicy", PolicyName="limit", PolicyDocument=no)
        world.do("AttachRolePolicy", RoleName="R", PolicyArn=LIMIT)
    (path,) = ask(world, goal=Do("s3:GetObject", KEY)).paths
    assert operations(path) == [("sts:AssumeRole",), (action,)]
    walk_to(world, path, "s3:GetObject", KEY)


def test_a_policy_that_denies_is_replaced_by_one_that_allows(world: World) -> None:
    mallory(world, "iam:PutUserPolicy")
    _embedded(world)
    (path,) = ask(world).paths
    assert [step.title for step in path.steps] == ["Replace no, which denies, in the user mallory"]
    assert only_path(world) == [("iam:PutUserPolicy",)]


def test_what_a_policy_allows_goes_with_what_it_denies(world: World) -> None:
    """It may remove its only policy, but has no right left afterwards."""
    world.add_user("mallory")
    both = document(
        {"Effect": "Allow", "Action": ["iam:DeleteUserPolicy", "s3:*"], "Resource": "*"},
        {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"},
    )
    world.do("PutUserPolicy", UserName="mallory", PolicyName="both", PolicyDocument=both)
    assert ask(world, goal=Do("s3:GetObject", KEY)).paths == ()


def test_a_right_is_used_before_the_policy_that_gives_it_is_deleted(world: World) -> None:
    world.add_user("mallory")
    both = document(
        {
            "Effect": "Allow",
            "Action": ["iam:DeleteUserPolicy", "iam:AttachUserPolicy"],
            "Resource": SELF,
        },
        {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"},
    )
    world.do("PutUserPolicy", UserName="mallory", PolicyName="both", PolicyDocument=both)
    (path,) = ask(world, goal=Do("s3:GetObject", KEY)).paths
    assert operations(path) == [("iam:AttachUserPolicy",), ("iam:DeleteUserPolicy",)]
    walk_to(world, path, "s3:GetObject", KEY)


def test_two_denies_are_taken_away_one_after_the_other(world: World) -> None:
    mallory(world, "iam:DeleteUserPolicy", "iam:DetachUserPolicy")
    _embedded(world)
    _attached(world)
    _goal(world)
    assert sorted(only_path(world)) == sorted(
        [("iam:DeleteUserPolicy",), ("iam:DetachUserPolicy",), ("sts:AssumeRole",)]
    )


def test_somebody_else_takes_the_deny_away(world: World) -> None:
    mallory(world)
    _embedded(world)
    _goal(world)
    text = allow("iam:DeleteUserPolicy", resource=SELF)
    world.add_user("helper", text)
    assert ask(world).paths == ()
    key = allow("iam:CreateAccessKey", resource=arn("user", "helper"))
    world.do("PutUserPolicy", UserName="mallory", PolicyName="key", PolicyDocument=key)
    assert only_path(world) == [
        ("iam:CreateAccessKey",),
        ("iam:DeleteUserPolicy",),
        ("sts:AssumeRole",),
    ]
