"""Ways that give a role's session a tag which its own policies ask about; each performed."""

from typing import Any

import pytest

from iam.analysis import Do
from tests.iam.analysis_worlds import arn
from tests.iam.escalating import EVERYTHING, SELF, ask, carry_out, mallory, operations, walk_to
from tests.worlds import World, allow, document

ENTRY = ("sts:AssumeRole", "sts:TagSession")
KEY = "arn:aws:s3:::reports/2026.csv"
RED = {"StringEquals": {"aws:PrincipalTag/team": "red"}}


def role(world: World, text: str, *actions: str, tags: Any = (), **trusted: Any) -> None:
    """Add a role that mallory gets into by these actions."""
    entry = {"Effect": "Allow", "Principal": {"AWS": SELF}, "Action": list(actions), **trusted}
    named = {"RoleName": "R", "AssumeRolePolicyDocument": document(entry)}
    world.do("CreateRole", **named, Tags=list(tags))
    world.do("PutRolePolicy", RoleName="R", PolicyName="in", PolicyDocument=text)


def test_a_session_gets_the_tag_that_its_role_asks_for(world: World) -> None:
    mallory(world)
    role(world, allow("s3:GetObject", resource=KEY, Condition=RED), *ENTRY)
    (path,) = ask(world, goal=Do("s3:GetObject", KEY)).paths
    assert operations(path) == [ENTRY]
    assert path.steps[0].params["Tags"] == [{"Key": "team", "Value": "red"}]
    walk_to(world, path, "s3:GetObject", KEY)


def test_a_session_with_a_tag_may_be_only_the_first_step(world: World) -> None:
    mallory(world)
    role(world, allow("iam:PutUserPolicy", resource=SELF, Condition=RED), *ENTRY)
    (path,) = ask(world).paths
    assert operations(path) == [ENTRY, ("iam:PutUserPolicy",)]
    assert path.principal == SELF
    carry_out(world, path)
    assert ask(world).paths[0].steps == ()


def test_a_tag_of_the_session_takes_the_place_of_the_roles(world: World) -> None:
    mallory(world)
    text = allow("s3:GetObject", resource=KEY, Condition=RED)
    role(world, text, *ENTRY, tags=[{"Key": "team", "Value": "blue"}])
    (path,) = ask(world, goal=Do("s3:GetObject", KEY)).paths
    walk_to(world, path, "s3:GetObject", KEY)


CLOSED = {
    "no right to tag": (("sts:AssumeRole",), {}),
    "another value": (ENTRY, {"Condition": {"StringEquals": {"aws:RequestTag/team": "blue"}}}),
    "another key": (ENTRY, {"Condition": {"Null": {"aws:RequestTag/team": "true"}}}),
}


@pytest.mark.parametrize(("actions", "trusted"), CLOSED.values(), ids=CLOSED)
def test_a_session_is_tagged_only_as_the_trust_policy_allows(
    world: World, actions: tuple[str, ...], trusted: dict[str, Any]
) -> None:
    mallory(world)
    role(world, allow("s3:GetObject", resource=KEY, Condition=RED), *actions, **trusted)
    assert ask(world, goal=Do("s3:GetObject", KEY)).paths == ()


def test_a_plain_entry_is_shorter_where_no_tag_is_needed(world: World) -> None:
    mallory(world)
    role(world, EVERYTHING, *ENTRY)
    (path,) = ask(world).paths
    assert operations(path) == [("sts:AssumeRole",)]
    assert path.steps[0].target == arn("role", "R")
