"""What a change would do is what it does: supposed worlds are those that the change leads to."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from iam.analysis import (
    STRANGER,
    World,
    access_changes,
    access_of,
    entries_of,
    seen_by,
    with_attached,
    with_boundary,
    with_inline_policy,
    with_managed_policy,
    with_membership,
    with_role,
    with_trust,
    without_policies,
)
from iam.wire.errors import AwsError
from tests.worlds import ACCOUNT_ID, allow, document, make_world, trust
from tests.worlds import World as SmallWorld

POLICY = f"arn:aws:iam::{ACCOUNT_ID}:policy/Shared"
READ_ONLY = "arn:aws:iam::aws:policy/IAMFullAccess"


def user_arn(name: str) -> str:
    return f"arn:aws:iam::{ACCOUNT_ID}:user/{name}"


def small_world() -> SmallWorld:
    world = make_world()
    world.add_user("ann", allow("sts:AssumeRole"))
    world.add_user("bob")
    world.add_account("111122223333")
    world.add_role("Helper")
    world.add_role("Other", user_arn("bob"))
    world.do("CreateGroup", GroupName="team")
    world.do("AddUserToGroup", GroupName="team", UserName="bob")
    world.do("AttachGroupPolicy", GroupName="team", PolicyArn=READ_ONLY)
    world.do("CreatePolicy", PolicyName="Shared", PolicyDocument=allow("iam:CreateUser"))
    world.do("AttachUserPolicy", UserName="bob", PolicyArn=POLICY)
    return world


def facts(world: World) -> tuple[Any, Any]:
    reached = {
        who: one.reached for who, one in access_of(world).items() if one.reached or one.roles
    }
    return entries_of(world), reached


mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
TRUSTS = (
    trust(ACCOUNT_ID),
    trust(user_arn("ann")),
    trust(user_arn("bob")),
    trust("*"),
    trust("111122223333"),
    document(
        {
            "Effect": "Allow",
            "Principal": {"AWS": ACCOUNT_ID},
            "Action": "sts:AssumeRole",
            "Condition": mfa,
        }
    ),
    document(
        {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ),
)
TEXTS = (
    allow("sts:AssumeRole"),
    allow("*"),
    allow("iam:*", Condition=mfa),
    allow("s3:GetObject"),
    allow("*").replace("Allow", "Deny"),
)
trusts, texts = st.sampled_from(TRUSTS), st.sampled_from(TEXTS)
owners = st.sampled_from((("user", "ann"), ("user", "bob"), ("role", "Helper"), ("group", "team")))
boundaries = st.sampled_from((POLICY, READ_ONLY, ""))
changes = st.one_of(
    st.tuples(st.just("trust"), st.sampled_from(("Helper", "Other")), trusts),
    st.tuples(
        st.just("inline"),
        owners,
        texts,
    ),
    st.tuples(st.just("managed"), st.just(POLICY), texts),
    st.tuples(st.just("role"), st.just("Made"), trusts),
    st.tuples(st.sampled_from(("attach", "detach")), owners, st.sampled_from((POLICY, READ_ONLY))),
    st.tuples(st.just("boundary"), owners.filter(lambda one: one[0] != "group"), boundaries),
    st.tuples(st.sampled_from(("join", "leave")), st.sampled_from(("ann", "bob")), st.just("team")),
)


_SUPPOSED: dict[str, Any] = {
    "trust": lambda world, of, text: with_trust(world, ACCOUNT_ID, of, text),
    "inline": lambda world, of, text: with_inline_policy(world, ACCOUNT_ID, of, "given", text),
    "managed": with_managed_policy,
    "attach": lambda world, of, arn: with_attached(world, ACCOUNT_ID, of, [arn]),
    "detach": lambda world, of, arn: without_policies(world, ACCOUNT_ID, of, [arn]),
    "boundary": lambda world, of, arn: with_boundary(world, ACCOUNT_ID, of, arn),
    "join": lambda world, of, to: with_membership(world, ACCOUNT_ID, [of], [to], is_in=True),
    "leave": lambda world, of, to: with_membership(world, ACCOUNT_ID, [of], [to], is_in=False),
}


def suppose(world: World, change: Any) -> World:
    kind, of, text = change
    if kind in _SUPPOSED:
        supposed: World = _SUPPOSED[kind](world, of, text)
        return supposed
    arn = f"arn:aws:iam::{ACCOUNT_ID}:role/{of}"
    return with_role(world, arn, text, [READ_ONLY])


def _attach(verb: str) -> Any:
    def attach(world: SmallWorld, of: tuple[str, str], arn: str) -> None:
        word = of[0].capitalize()
        with suppress(AwsError):  # it is not attached
            world.do(f"{verb}{word}Policy", **{f"{word}Name": of[1]}, PolicyArn=arn)

    return attach


def _bound(world: SmallWorld, of: tuple[str, str], arn: str) -> None:
    word = of[0].capitalize()
    owner = {f"{word}Name": of[1]}
    if arn:
        world.do(f"Put{word}PermissionsBoundary", **owner, PermissionsBoundary=arn)
    else:
        with suppress(AwsError):  # there is none
            world.do(f"Delete{word}PermissionsBoundary", **owner)


def _member(operation: str) -> Any:
    def change(world: SmallWorld, of: str, group: str) -> None:
        world.do(operation, UserName=of, GroupName=group)

    return change


_MADE = {
    "attach": _attach("Attach"),
    "detach": _attach("Detach"),
    "boundary": _bound,
    "join": _member("AddUserToGroup"),
    "leave": _member("RemoveUserFromGroup"),
}


def make(world: SmallWorld, change: Any) -> None:
    kind, of, text = change
    if kind == "trust":
        world.do("UpdateAssumeRolePolicy", RoleName=of, PolicyDocument=text)
    elif kind == "inline":
        word, name = of[0].capitalize(), of[1]
        owner = {f"{word}Name": name}
        world.do(f"Put{word}Policy", **owner, PolicyName="given", PolicyDocument=text)
    elif kind == "managed":
        world.do("CreatePolicyVersion", PolicyArn=of, PolicyDocument=text, SetAsDefault=True)
    elif kind in _MADE:
        _MADE[kind](world, of, text)
    else:
        world.do("CreateRole", RoleName=of, AssumeRolePolicyDocument=text)
        world.do("AttachRolePolicy", RoleName=of, PolicyArn=READ_ONLY)


class ChangeLaws(TestCase):
    """The engine answers in a supposed world what it answers once the change is made."""

    @settings(max_examples=8, deadline=None)
    @given(change=changes)
    def test_a_supposed_world_is_the_one_that_the_change_makes(self, change: Any) -> None:
        world = small_world()
        before = seen_by(world.root())
        supposed = suppose(before, change)
        shown = access_changes(before, supposed)
        old = entries_of(before)
        make(world, change)
        real = seen_by(world.root())
        asked = facts(supposed)
        entries, reached = facts(real)
        assert asked[0] == entries
        if change[0] != "role":  # of which the real world asks questions, too
            assert asked[1] == reached
        assert {*shown.gained} == entries - old
        assert {*shown.lost} == old - entries

    def test_asking_changes_nothing(self) -> None:
        world = small_world()
        before = seen_by(world.root())
        was = facts(before)
        access_changes(before, with_trust(before, ACCOUNT_ID, "Helper", trust("*")))
        assert facts(before) == was == facts(seen_by(world.root()))


@pytest.mark.django_db
def test_opening_a_role_to_everybody_is_seen() -> None:
    before = seen_by(small_world().root())
    after = with_trust(before, ACCOUNT_ID, "Helper", trust("*"))
    found = access_changes(before, after)
    assert STRANGER in {one.who for one in found.gained}


@pytest.mark.django_db
def test_a_policy_that_iam_refuses_is_refused() -> None:
    before = seen_by(small_world().root())
    for text in ("{", trust(user_arn("nobody"))):
        with pytest.raises(AwsError):
            with_trust(before, ACCOUNT_ID, "Helper", text)
