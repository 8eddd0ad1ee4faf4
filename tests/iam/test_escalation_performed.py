"""What is found by performing every call there is, the search finds, too; and what it finds works.

The worlds are small: rights to make, to rename and to give rights are scattered by the dice.
"""

import random
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.db import transaction

from iam.authorization import authorize
from iam.callers import Caller
from iam.models import Role, Sandbox, User
from iam.perform import PermissionCheck, perform, rehearse
from iam.wire.errors import AwsError
from tests.iam.analysis_worlds import arn, as_caller, seen
from tests.iam.escalating import ADMIN, EVERYTHING, admin_group, admin_user, ask, walk
from tests.worlds import World, document, trust

STEPS = 3
STAMPS = count(10**6, 1000)
ROLES = ("iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy")
USERS = ("iam:CreateUser", "iam:PutUserPolicy", "iam:CreateAccessKey", "iam:UpdateUser")
GROUPS = ("iam:AddUserToGroup", "iam:UpdateGroup")
GIVING = {"iam:PutUserPolicy", "iam:CreateAccessKey", "iam:AddUserToGroup"}
AREAS: tuple[Any, ...] = (
    "*",
    [arn("role", "a/*"), arn("user", "a/*"), arn("group", "a/*")],
    [arn("user", "mallory"), arn("group", "admins")],
    [arn("user", "boss"), arn("role", "a/*")],
)
Call = tuple[str, dict[str, Any]]
Controlled = frozenset[tuple[str, str]]
"""Users and roles that one can act as, by their unique IDs."""


def scattered(world: World, seed: int) -> World:
    dice = random.Random(seed)  # noqa: S311
    admin_group(world)
    admin_user(world)
    family = dice.choice([ROLES, USERS, (*USERS, *GROUPS)])
    statements = [
        {
            "Effect": "Allow",
            "Action": [action],
            "Resource": AREAS[1] if action in GIVING else dice.choice(AREAS[:3]),
        }
        for action in family
        if dice.random() < 0.85
    ]
    hers = dice.choice(["sts:AssumeRole", "iam:CreateAccessKey", "iam:PutUserPolicy"])
    statements.append({"Effect": "Deny", "Action": hers, "Resource": dice.choice(AREAS[1:])})
    world.add_user("mallory", document(*statements))
    return world


def calls(world: World, caller: Caller, controlled: Controlled) -> Iterator[Call]:
    """Yield every call of the families that might be worth something."""
    for path in ("/", "/a/"):
        yield "iam:CreateUser", {"UserName": "n", "Path": path}
        text = trust(caller.role.arn if caller.role else caller.arn)
        yield (
            "iam:CreateRole",
            {"RoleName": "n", "Path": path, "AssumeRolePolicyDocument": text},
        )
        yield "iam:UpdateGroup", {"GroupName": "admins", "NewPath": path}
    for role in Role.in_sandbox(world.sandbox):
        named = {"RoleName": role.name, "PolicyName": "x", "PolicyDocument": EVERYTHING}
        yield "iam:PutRolePolicy", named
        yield "iam:AttachRolePolicy", {"RoleName": role.name, "PolicyArn": ADMIN}
        yield "sts:AssumeRole", {"RoleArn": role.arn, "RoleSessionName": "session"}
    for user in User.in_sandbox(world.sandbox):
        hers = {"UserName": user.name}
        yield "iam:PutUserPolicy", {**hers, "PolicyName": "x", "PolicyDocument": EVERYTHING}
        yield "iam:CreateAccessKey", hers
        yield "iam:UpdateUser", {**hers, "NewPath": "/a/" if user.path == "/" else "/"}
        if ("user", user.unique_id) in controlled:
            yield "iam:AddUserToGroup", {**hers, "GroupName": "admins"}


def callers(world: World, controlled: Controlled) -> list[tuple[str, Caller]]:
    people = seen(world).people.values()
    mine = [one for one in people if (one.kind, one.unique_id) in controlled]
    return [(one.kind, as_caller(world, one)) for one in mine]


def is_administrator(caller: Caller) -> bool:
    asked = (
        PermissionCheck("anything:AtAll"),
        PermissionCheck("iam:CreateUser", arn("user", "somebody")),
        PermissionCheck("iam:PutUserPolicy", arn("user", "somebody")),
        PermissionCheck("sts:AssumeRole", arn("role", "some-role")),
    )
    return all(authorize(caller, one).allowed for one in asked)


def after(world: World, controlled: Controlled, call: Call) -> Controlled:
    """Return whom one can act as after a call."""
    operation, params = call
    if operation == "sts:AssumeRole":
        role = next(one for one in Role.in_sandbox(world.sandbox) if one.arn == params["RoleArn"])
        return controlled | {("role", role.unique_id)}
    if operation == "iam:CreateAccessKey":
        user = User.in_sandbox(world.sandbox).get(name=params["UserName"])
        return controlled | {("user", user.unique_id)}
    return controlled


def use_a_new_stamp(world: World) -> None:
    """Forget what was read of a world that is rolled back: it is kept under the world's stamp."""
    Sandbox.objects.filter(pk=world.sandbox.pk).update(stamp=next(STAMPS))
    world.sandbox.refresh_from_db(fields=["stamp"])


def leads_there(world: World, controlled: Controlled, steps: int) -> bool:
    """Perform every call, and every call after it, in savepoints."""
    mine = callers(world, controlled)
    if any(is_administrator(caller) for _, caller in mine):
        return True
    if not steps:
        return False
    for _, caller in mine:
        for operation, params in list(calls(world, caller, controlled)):
            if rehearse(caller, operation, params).error is not None:
                continue
            with transaction.atomic():
                save = transaction.savepoint()
                use_a_new_stamp(world)
                try:
                    perform(caller, operation, params)
                    then = after(world, controlled, (operation, params))
                    found = leads_there(world, then, steps - 1)
                except AwsError:  # a name is taken, a quota reached
                    found = False
                transaction.savepoint_rollback(save)
                use_a_new_stamp(world)
            if found:
                return True
    return False


@pytest.mark.parametrize("seed", [1, 3, 5, 7, 10, 18, 22, 26])
def test_what_performing_everything_finds_is_found(world: World, seed: int) -> None:
    scattered(world, seed)
    mallory = User.in_sandbox(world.sandbox).get(name="mallory")
    found = ask(world, most_steps=STEPS)
    assert found.complete
    there = leads_there(world, frozenset({("user", mallory.unique_id)}), STEPS)
    assert there == bool(found.paths)
    for path in found.paths:
        walk(world, path)
