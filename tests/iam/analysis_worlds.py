"""Worlds for the tests of questions, and the callers that questions mean."""

import random
from dataclasses import replace
from typing import Any

from iam.analysis import World as Seen
from iam.analysis import WorldPrincipal
from iam.analysis.world_principals import SESSION_NAME
from iam.callers import Caller
from iam.queries import find_role
from tests.worlds import ACCOUNT_ID, World, document

OTHER_ID = "111122223333"
ACTIONS = ("iam:GetRole", "sts:AssumeRole", "iam:PutUserPolicy", "s3:GetObject")


def arn(kind: str, name: str, account_id: str = ACCOUNT_ID) -> str:
    return f"arn:aws:iam::{account_id}:{kind}/{name}"


def seen(world: World, *account_ids: str) -> Seen:
    return Seen(world.sandbox, world.origin, account_ids or None)


def as_caller(world: World, someone: WorldPrincipal) -> Caller:
    """Return the caller that a principal really would be."""
    account = next(one for one in seen(world).accounts if one.account_id == someone.account_id)
    if someone.kind == "root":
        return world.root(account)
    if someone.kind == "user":
        return world.user(someone.name, account)
    role = find_role(world.sandbox, world.account_id, someone.name)
    assert role is not None
    return replace(world.session(someone.name, SESSION_NAME), tags=role.tags)


def random_statement(dice: random.Random) -> dict[str, Any]:
    statement: dict[str, Any] = {
        "Effect": dice.choice(["Allow", "Allow", "Allow", "Deny"]),
        "Action": dice.sample([*ACTIONS, "iam:*", "s3:*", "*"], 2),
        "Resource": dice.choice(["*", arn("role", "r*"), arn("user", "u1"), "arn:aws:s3:::b/*"]),
    }
    if dice.random() < 0.3:
        statement["Condition"] = {
            "StringLike": {"aws:PrincipalArn": dice.choice(["*user/u*", "*role/r0"])}
        }
    return statement


def random_policy(dice: random.Random) -> str:
    return document(*(random_statement(dice) for _ in range(dice.randint(1, 2))))


def random_world(world: World, seed: int) -> World:
    """Fill a world by the dice: users, groups, roles, policies, boundaries, trust."""
    dice = random.Random(seed)  # noqa: S311
    for number in range(2):
        text = random_policy(dice)
        world.do("CreatePolicy", PolicyName=f"p{number}", PolicyDocument=text)
    world.do("CreateGroup", GroupName="g")
    world.do("PutGroupPolicy", GroupName="g", PolicyName="in", PolicyDocument=random_policy(dice))
    for number in range(3):
        world.add_user(f"u{number}", random_policy(dice) if dice.random() < 0.7 else "")
    for number in range(2):
        trusted = dice.choice([ACCOUNT_ID, arn("user", "u1"), arn("user", "u2"), "*"])
        world.add_role(f"r{number}", trusted)
        text = random_policy(dice)
        world.do("PutRolePolicy", RoleName=f"r{number}", PolicyName="in", PolicyDocument=text)
    for kind, name in (("User", "u0"), ("User", "u1"), ("Role", "r0")):
        named = {f"{kind}Name": name}
        if dice.random() < 0.4:
            world.do(f"Attach{kind}Policy", **named, PolicyArn=arn("policy", "p0"))
        if dice.random() < 0.3:
            limit = arn("policy", "p1")
            world.do(f"Put{kind}PermissionsBoundary", **named, PermissionsBoundary=limit)
    world.do("AddUserToGroup", GroupName="g", UserName=f"u{dice.randint(0, 2)}")
    return world
