"""A trust policy given to the policy simulator as the resource policy (aws/aws-cli 10314).

AWS parses it and ignores it: the answer is that of the identity policies, whatever it says. On our
simulator's page it counts.
"""

from dataclasses import replace
from typing import Any

import pytest

from iam.perform import perform
from iam.wire.errors import AwsError
from tests.iam.simulations import arn, of, sources
from tests.worlds import ACCOUNT_ID, World, allow, document

USER = arn("user", "u")
ASSUME = {"Effect": "Deny", "Principal": {"AWS": USER}, "Action": "sts:AssumeRole"}
CASES: dict[str, list[dict[str, Any]]] = {
    "a Deny of the caller": [ASSUME],
    "an Allow of somebody else": [
        {**ASSUME, "Effect": "Allow", "Principal": {"AWS": arn("user", "v")}}
    ],
    "everybody": [{**ASSUME, "Principal": "*"}],
    "a service": [{**ASSUME, "Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}}],
    "the account": [{**ASSUME, "Principal": {"AWS": ACCOUNT_ID}}],
    "a condition": [
        {**ASSUME, "Effect": "Allow", "Condition": {"StringEquals": {"sts:ExternalId": "x"}}}
    ],
    "a negated condition": [
        {**ASSUME, "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": "x"}}}
    ],
    "a Boolean condition": [
        {**ASSUME, "Effect": "Allow", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}
    ],
    "two statements": [{**ASSUME, "Effect": "Allow"}, ASSUME],
    "several actions": [{**ASSUME, "Action": ["sts:AssumeRole", "sts:TagSession"]}],
    "an action with a wildcard": [{**ASSUME, "Action": "sts:Assume*"}],
    "a Resource": [{**ASSUME, "Resource": "*"}],
}


@pytest.fixture
def role(world: World) -> str:
    world.add_user("u", allow("*"))
    return str(world.add_role("R"))


@pytest.mark.parametrize("case", CASES)
def test_a_trust_policy_is_parsed_and_ignored(world: World, role: str, case: str) -> None:
    asked = {
        "ActionNames": ["sts:AssumeRole"],
        "ResourceArns": [role],
        "ResourcePolicy": document(*CASES[case]),
        "ResourceOwner": arn("root", "").removesuffix("/"),
    }
    found = of(world, USER, **asked)
    assert (found["EvalDecision"], sources(found)) == ("allowed", ["user_u_given"])
    given = {**asked, "PolicyInputList": [allow("sts:*")], "CallerArn": USER}
    (custom,) = world.do("SimulateCustomPolicy", **given)["EvaluationResults"]
    assert (custom["EvalDecision"], sources(custom)) == ("allowed", ["PolicyInputList.1"])


def test_without_a_right_of_ones_own_it_stays_an_implicit_deny(world: World, role: str) -> None:
    world.add_user("v")
    asked = {"ActionNames": ["sts:AssumeRole"], "ResourceArns": [role]}
    found = of(world, arn("user", "v"), **asked, ResourcePolicy=document(CASES["everybody"][0]))
    assert found["EvalDecision"] == "implicitDeny"


def test_what_does_not_parse_is_refused(world: World, role: str) -> None:
    asked = {"ActionNames": ["sts:AssumeRole"], "ResourceArns": [role]}
    for text in ("{", document({**ASSUME, "Principal": 5}), document({**ASSUME, "Action": "x"})):
        with pytest.raises(AwsError, match="Resource policy has invalid content"):
            of(world, USER, **asked, ResourcePolicy=text)


def test_on_the_simulators_page_it_counts(world: World, role: str) -> None:
    root = world.root()
    console = replace(root, origin=replace(root.origin, via_console=True))
    asked = {
        "PolicySourceArn": USER,
        "ActionNames": ["sts:AssumeRole"],
        "ResourceArns": [role],
        "ResourcePolicy": document(ASSUME),
    }
    (found,) = perform(console, "iam:SimulatePrincipalPolicy", asked)["EvaluationResults"]
    assert (found["EvalDecision"], sources(found)) == ("explicitDeny", ["ResourcePolicy"])
