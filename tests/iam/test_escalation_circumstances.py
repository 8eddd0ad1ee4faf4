"""Ways that need a second factor, another address or a later date, found without being asked."""

from datetime import timedelta
from typing import Any

import pytest

from iam.analysis import PLAIN
from tests.iam.escalating import admin_role_for_nobody, ask, mallory, only_path
from tests.worlds import NOON, World, document

TOMORROW = NOON + timedelta(days=1)
YESTERDAY = NOON - timedelta(days=1)

NEEDS: list[tuple[dict[str, Any], str]] = [
    ({"Bool": {"aws:MultiFactorAuthPresent": "true"}}, "with MFA"),
    ({"NumericLessThan": {"aws:MultiFactorAuthAge": "300"}}, "with MFA"),
    ({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, "from 10.0.0.1"),
    ({"DateGreaterThan": {"aws:CurrentTime": f"{TOMORROW:%Y-%m-%dT%H:%M:%SZ}"}}, "at "),
    (
        {
            "Bool": {"aws:MultiFactorAuthPresent": "true"},
            "IpAddress": {"aws:SourceIp": "10.0.0.0/8"},
        },
        "with MFA from 10.0.0.1",
    ),
]


@pytest.mark.parametrize(("condition", "needs"), NEEDS)
def test_a_step_is_tried_in_the_circumstances_that_policies_ask_about(
    world: World, condition: dict[str, Any], needs: str
) -> None:
    mallory(world, "iam:AttachUserPolicy", Condition=condition)
    (path,) = ask(world).paths
    assert path.steps[0].needs.startswith(needs)
    assert path.needs in {"", path.steps[0].needs}
    assert only_path(world) == [("iam:AttachUserPolicy",)]
    world.do(
        "DetachUserPolicy",
        UserName="mallory",
        PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess",
    )
    assert ask(world, now=PLAIN).paths == ()


@pytest.mark.parametrize(
    "condition",
    [
        {"DateLessThan": {"aws:CurrentTime": f"{YESTERDAY:%Y-%m-%dT%H:%M:%SZ}"}},
        {"StringEquals": {"aws:SourceVpc": "vpc-1"}},
    ],
)
def test_a_circumstance_that_cannot_be_reached_is_not_assumed(
    world: World, condition: dict[str, Any]
) -> None:
    mallory(world, "iam:AttachUserPolicy", Condition=condition)
    assert ask(world).paths == ()


def test_no_step_is_made_before_the_one_that_it_follows(world: World) -> None:
    """The role may be assumed only until tomorrow, its trust be edited only after."""
    late = {"DateGreaterThan": {"aws:CurrentTime": f"{TOMORROW:%Y-%m-%dT%H:%M:%SZ}"}}
    mallory(world, "iam:UpdateAssumeRolePolicy", Condition=late)
    admin_role_for_nobody(world)
    no = {"Effect": "Deny", "Action": "sts:AssumeRole", "Resource": "*", "Condition": late}
    text = document(no)
    world.do("PutUserPolicy", UserName="mallory", PolicyName="no", PolicyDocument=text)
    assert ask(world).paths == ()
    world.do("DeleteUserPolicy", UserName="mallory", PolicyName="no")
    assert len(only_path(world)) == 2
