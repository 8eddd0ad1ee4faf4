"""A session that is refused plainly: what it could do if it were asked for otherwise."""

import pytest

from tests.labs.checks.labs import ADMINISTRATOR, allow, policy, result_of, trust

pytestmark = pytest.mark.django_db

MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
DEV = {"AWS": "arn:aws:iam::{you}:user/Dev"}
CHAIN = {"chain": ["you/Dev", "you/Reader"]}


def world(action, *, door=None, trusted=DEV, **more):
    more |= {"Condition": door} if door else {}
    return {
        "users": [
            {"account": "you", "name": "admin", "managed": [ADMINISTRATOR]},
            {"account": "you", "name": "Dev"},
            {"account": "you", "name": "Reader"},
        ],
        "roles": [
            {
                "account": "you",
                "name": "Reader",
                "trust": trust(trusted, **more),
                "inline": {"a": policy(allow(action))},
            }
        ],
    }


def can(action, **check):
    return {"can": {"as": CHAIN, "action": action, "resource": "*"}, **check}


NEW_KEY = {"operation": "iam:CreateUser", "params": {"UserName": "x"}}
CALL = {"call": {"as": CHAIN, **NEW_KEY}, "expect": "denied", "always": True}

CASES = [
    (world("iam:*", door=MFA), CALL, False, "allowed with aws:MultiFactorAuthPresent true"),
    (world("iam:Get*", door=MFA), CALL, True, "implicit_deny"),
    # A user and a role may have the same name: a chain means the role.
    (world("iam:Get*"), can("iam:GetUser"), True, "allowed"),
    (world("iam:Get*"), can("iam:CreateUser", expect="denied", always=True), True, "implicit_deny"),
    # The door opens with a second factor.
    (world("iam:*", door=MFA), can("iam:CreateUser"), False, "implicit_deny"),
    (world("iam:*", door=MFA), can("iam:CreateUser", expect="denied"), True, "implicit_deny"),
    (
        world("iam:*", door=MFA),
        can("iam:CreateUser", expect="denied", always=True),
        False,
        "allowed with aws:MultiFactorAuthPresent true",
    ),
    (
        world("iam:Get*", door=MFA),
        can("iam:CreateUser", expect="denied", always=True),
        True,
        "implicit_deny",
    ),
    # It never opens.
    (
        world("iam:*", trusted={"Service": "ec2.amazonaws.com"}),
        can("iam:CreateUser", expect="denied", always=True),
        True,
        "implicit_deny",
    ),
    (
        world("iam:*", effect="Deny"),
        can("iam:CreateUser", expect="explicit_deny", always=True),
        True,
        "explicit_deny",
    ),
]


@pytest.mark.parametrize(("scene", "check", "passed", "got"), CASES, ids=str)
def test_a_door_that_opens_otherwise_is_no_wall(tmp_path, scene, check, passed, got):
    result = result_of(tmp_path, scene, check)

    assert (result.passed, result.got) == (passed, got)
    assert result.decisive
