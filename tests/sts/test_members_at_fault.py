"""An error about certain parameters names them, so that a form need not guess."""

from typing import Any

import pytest

from iam.callers import Caller
from tests.sts.asking import assume, refused, session_from
from tests.worlds import World, trust

ARN = "arn:aws:iam::aws:policy/ReadOnlyAccess"
NO_DEVICE = "arn:aws:iam::975050059573:mfa/none"
TAG = {"Key": "team", "Value": "x"}


@pytest.fixture
def ann(world: World) -> Caller:
    return world.add_user("ann")


@pytest.fixture
def role(world: World, ann: Caller) -> str:
    world.do(
        "CreateRole",
        RoleName="reader",
        AssumeRolePolicyDocument=trust(ann.arn).replace(
            '"sts:AssumeRole"', '["sts:AssumeRole", "sts:TagSession"]'
        ),
    )
    return f"arn:aws:iam::{world.account_id}:role/reader"


@pytest.mark.parametrize(
    ("params", "members"),
    [
        ({"DurationSeconds": 7200}, ["DurationSeconds"]),
        ({"Policy": "{}"}, ["Policy"]),
        ({"Policy": " " * 2000, "PolicyArns": [{"arn": ARN}] * 2}, ["Policy"]),
        ({"PolicyArns": [{"arn": ARN}] * 11}, ["PolicyArns"]),
        ({"Tags": [TAG, TAG]}, ["Tags"]),
        ({"TransitiveTagKeys": ["team"]}, ["TransitiveTagKeys"]),
        ({"TokenCode": "123456"}, ["SerialNumber"]),
        ({"SerialNumber": NO_DEVICE}, ["TokenCode"]),
        ({"SerialNumber": NO_DEVICE, "TokenCode": "123456"}, ["TokenCode", "SerialNumber"]),
    ],
)
def test_a_refusal_names_the_parameters_that_it_is_about(
    ann: Caller, role: str, params: dict[str, Any], members: list[str]
) -> None:
    error = refused(ann, role, **params)
    assert list(error.members) == members
    assert {violation.message for violation in error.violations} == {error.message}


def test_an_arn_of_no_role_is_reported_at_its_field(world: World, ann: Caller, role: str) -> None:
    assert refused(ann, "arn:aws:iam::975050059573:user/ann").members == ("RoleArn",)
    assert refused(world.root(), role).members == ("RoleArn",)


def test_a_tag_that_the_chain_has_fixed_is_reported_at_the_tags(
    world: World, ann: Caller, role: str
) -> None:
    first = assume(ann, role, Tags=[TAG], TransitiveTagKeys=["team"])
    session = session_from(world, first)
    world.do(
        "UpdateAssumeRolePolicy",
        RoleName="reader",
        PolicyDocument=trust(role).replace(
            '"sts:AssumeRole"', '["sts:AssumeRole", "sts:TagSession"]'
        ),
    )
    assert refused(session, role, Tags=[TAG]).members == ("Tags",)
    assert refused(session, role, DurationSeconds=7200).members == ("DurationSeconds",)
