"""Policies gathered for all at once are those gathered for each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iam.authorization import gather_policies, gather_policies_each, key_of
from iam.models import Group, Role, User
from tests.worlds import ACCOUNT_ID, World, allow

S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
OWN = f"arn:aws:iam::{ACCOUNT_ID}:policy/own"


def _fill(world: World, numbers: range) -> None:
    for number in numbers:
        name = f"n{number}"
        world.add_user(name, allow("s3:Get*"))
        world.add_role(name)
        world.do("CreateGroup", GroupName=name)
        world.do("AddUserToGroup", GroupName=name, UserName=name)
        world.do("AddUserToGroup", GroupName="all", UserName=name)
        for word in ("User", "Group", "Role"):
            named = {f"{word}Name": name}
            world.do(f"Attach{word}Policy", **named, PolicyArn=(S3_FULL, OWN)[number % 2])
            world.do(f"Put{word}Policy", **named, PolicyName="i", PolicyDocument=allow("ec2:*"))
        if number % 3 == 0:
            world.do("PutUserPermissionsBoundary", UserName=name, PermissionsBoundary=OWN)


@pytest.fixture
def filled(world: World) -> World:
    world.do("CreatePolicy", PolicyName="own", PolicyDocument=allow("sqs:*"))
    world.do("CreateGroup", GroupName="all")
    world.do("AttachGroupPolicy", GroupName="all", PolicyArn=S3_FULL)
    _fill(world, range(4))
    return world


def _entities(world: World) -> list[User | Group | Role]:
    return [
        *User.in_sandbox(world.sandbox).select_related("account"),
        *Group.in_sandbox(world.sandbox).select_related("account"),
        *Role.in_sandbox(world.sandbox).select_related("account"),
    ]


def test_every_user_and_role_gets_what_it_gets_alone(filled: World) -> None:
    found = gather_policies_each(filled.sandbox, _entities(filled))
    for number in range(4):
        user, role = filled.user(f"n{number}"), filled.session(f"n{number}")
        assert user.user_pk is not None
        assert role.role is not None
        assert found["user", user.user_pk] == gather_policies(user)
        assert found["role", role.role.pk] == gather_policies(role)


def test_a_group_has_its_own_policies(filled: World) -> None:
    group = Group.in_sandbox(filled.sandbox).get(name="n0")
    found = gather_policies_each(filled.sandbox, [group])[key_of(group)]
    assert [one.name for one in found.identity] == ["AmazonS3FullAccess", "i"]


def test_queries_do_not_grow_with_entities(filled: World) -> None:
    counts = []
    for numbers in (range(0), range(4, 8)):
        _fill(filled, numbers)
        entities = _entities(filled)
        with CaptureQueriesContext(connection) as captured:
            gather_policies_each(filled.sandbox, entities)
        counts.append(len(captured))
    assert counts == [4, 4]


def test_more_than_a_query_can_name_are_gathered_alike(
    filled: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = gather_policies_each(filled.sandbox, _entities(filled))
    monkeypatch.setattr("iam.authorization.policies_of_many._MOST_NAMED", 1)
    assert gather_policies_each(filled.sandbox, _entities(filled)) == named


def test_everybody_is_gathered_like_anybody(filled: World) -> None:
    entities = _entities(filled)
    named = gather_policies_each(filled.sandbox, entities)
    assert gather_policies_each(filled.sandbox, entities, everybody=True) == named
