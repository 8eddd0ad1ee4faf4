"""Ways that tag oneself or a role first, each found and performed."""

from typing import Any

import pytest

from iam.analysis import ActAs, Do
from tests.iam.analysis_worlds import arn
from tests.iam.escalating import (
    ADMIN,
    SELF,
    ask,
    carry_out,
    mallory,
    only_path,
    operations,
    walk_to,
)
from tests.worlds import ACCOUNT_ID, World, allow, document

ROLE = arn("role", "R")
KEY = "arn:aws:s3:::reports/2026.csv"


def _role(world: World, condition: dict[str, Any], principal: str = SELF) -> None:
    """Add an administrator role whose trust policy has a condition."""
    trusted = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}
    text = document({**trusted, "Condition": condition})
    world.do("CreateRole", RoleName="R", AssumeRolePolicyDocument=text)
    world.do("AttachRolePolicy", RoleName="R", PolicyArn=ADMIN)


TAGS = [
    ({"StringEquals": {"aws:PrincipalTag/team": "security"}}, "security"),
    ({"StringLike": {"aws:PrincipalTag/team": "sec*"}}, "sec"),
    ({"StringNotEquals": {"aws:PrincipalTag/team": "dev"}}, None),
    ({"ForAnyValue:StringEquals": {"aws:PrincipalTag/team": ["a", "b"]}}, "a"),
    ({"Null": {"aws:PrincipalTag/team": "false"}}, "rolecall-other"),
    ({"StringEquals": {"aws:PrincipalTag/team": "${aws:username}"}}, "mallory"),
]


@pytest.mark.parametrize(("condition", "value"), TAGS)
def test_a_user_tags_itself_for_a_trust_policy(
    world: World, condition: dict[str, Any], value: str | None
) -> None:
    mallory(world, "iam:TagUser", "iam:UntagUser", resource=SELF)
    dev = [{"Key": "team", "Value": "dev"}]
    if value != "rolecall-other":
        world.do("TagUser", UserName="mallory", Tags=dev)
    _role(world, condition)
    (first, _) = ask(world).paths[0].steps
    operation = "iam:UntagUser" if value is None else "iam:TagUser"
    assert only_path(world) == [(operation,), ("sts:AssumeRole",)]
    if value is not None:
        assert first.params["Tags"] == [{"Key": "team", "Value": value}]


def test_without_the_right_to_tag_there_is_no_way(world: World) -> None:
    mallory(world, "iam:TagUser", resource=arn("user", "other"))
    _role(world, {"StringEquals": {"aws:PrincipalTag/team": "security"}})
    assert ask(world).paths == ()


def test_the_right_to_tag_may_be_limited_to_other_values(world: World) -> None:
    harmless = {"StringNotEquals": {"aws:RequestTag/team": "security"}}
    mallory(world, "iam:TagUser", Condition=harmless)
    _role(world, {"StringEquals": {"aws:PrincipalTag/team": "security"}})
    assert ask(world).paths == ()


def test_a_role_is_tagged_so_that_it_may_be_assumed(world: World) -> None:
    open_roles = {"StringEquals": {"iam:ResourceTag/access": "open"}}
    mallory(world, "iam:TagRole")
    world.do(
        "PutUserPolicy",
        UserName="mallory",
        PolicyName="more",
        PolicyDocument=allow("sts:AssumeRole", Condition=open_roles),
    )
    world.add_role("R")
    world.do("AttachRolePolicy", RoleName="R", PolicyArn=ADMIN)
    assert only_path(world) == [("iam:TagRole",), ("sts:AssumeRole",)]


@pytest.mark.parametrize("key", ["aws:ResourceTag/locked", "iam:ResourceTag/locked"])
def test_a_tag_that_a_deny_is_about_is_removed(world: World, key: str) -> None:
    mallory(world, "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "sts:AssumeRole")
    no = document(
        {
            "Effect": "Deny",
            "Action": ["iam:UpdateAssumeRolePolicy", "sts:AssumeRole"],
            "Resource": "*",
            "Condition": {"StringEquals": {key: "yes"}},
        }
    )
    world.do("PutUserPolicy", UserName="mallory", PolicyName="no", PolicyDocument=no)
    world.add_role("R", SELF)
    world.do("AttachRolePolicy", RoleName="R", PolicyArn=ADMIN)
    world.do("TagRole", RoleName="R", Tags=[{"Key": "locked", "Value": "yes"}])
    assert only_path(world) == [("iam:UntagRole",), ("sts:AssumeRole",)]


def test_a_session_tags_its_own_role(world: World) -> None:
    mallory(world)
    world.add_role("R", SELF)
    tagging = {"Effect": "Allow", "Action": "iam:TagRole", "Resource": ROLE}
    reading = {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": KEY,
        "Condition": {"StringEquals": {"aws:PrincipalTag/level": "high"}},
    }
    text = document(tagging, reading)
    world.do("PutRolePolicy", RoleName="R", PolicyName="in", PolicyDocument=text)
    (path,) = ask(world, goal=Do("s3:GetObject", KEY)).paths
    assert operations(path) == [("sts:AssumeRole",), ("iam:TagRole",)]
    walk_to(world, path, "s3:GetObject", KEY)


def test_a_tag_is_made_the_same_as_another(world: World) -> None:
    mallory(world, "iam:TagUser", resource=SELF)
    same = {"StringEquals": {"iam:ResourceTag/team": "${aws:PrincipalTag/team}"}}
    world.do(
        "PutUserPolicy",
        UserName="mallory",
        PolicyName="more",
        PolicyDocument=allow("sts:AssumeRole", Condition=same),
    )
    world.add_role("R", ACCOUNT_ID)
    world.do("TagRole", RoleName="R", Tags=[{"Key": "team", "Value": "blue"}])
    (path,) = ask(world, goal=ActAs(ROLE)).paths
    assert operations(path) == [("iam:TagUser",), ("sts:AssumeRole",)]
    carry_out(world, path)


def test_a_tag_that_closes_one_door_to_open_another_is_set_in_between(world: World) -> None:
    """As `a` the user gets into A, which makes B an administrator; as `b` it gets into B."""
    mallory(world, "iam:TagUser", resource=SELF)
    for name, tag in (("A", "a"), ("B", "b")):
        condition = {"StringEquals": {"aws:PrincipalTag/team": tag}}
        statement = {"Effect": "Allow", "Principal": {"AWS": SELF}, "Action": "sts:AssumeRole"}
        text = document({**statement, "Condition": condition})
        world.do("CreateRole", RoleName=name, AssumeRolePolicyDocument=text)
    world.do(
        "PutRolePolicy",
        RoleName="A",
        PolicyName="in",
        PolicyDocument=allow("iam:AttachRolePolicy", resource=arn("role", "B")),
    )
    found = only_path(world)
    assert sorted(found) == sorted(
        [
            ("iam:TagUser",),
            ("sts:AssumeRole",),
            ("iam:AttachRolePolicy",),
            ("iam:TagUser",),
            ("sts:AssumeRole",),
        ]
    )
