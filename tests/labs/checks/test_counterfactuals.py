"""`without`: what would be found if a policy were not there."""

import pytest

from console.labs.checks.counterfactual import without
from tests.labs.checks.labs import (
    ADMINISTRATOR,
    allow,
    deny,
    lab_of,
    policy,
    result_of,
    trial_of,
    trust,
)

pytestmark = pytest.mark.django_db

DATA = "arn:aws:s3:::kinds-without"
WORLD = {
    "accounts": {"you": {}, "other": {}},
    "users": [
        {"account": "you", "name": "admin", "managed": [ADMINISTRATOR]},
        {"account": "you", "name": "named"},
        {"account": "you", "name": "dev", "inline": {"a": policy(allow("sts:AssumeRole"))}},
        {"account": "you", "name": "bound", "managed": ["{you}/All"], "boundary": "{you}/Iam"},
        {"account": "you", "name": "grouped", "groups": ["staff"]},
        {"account": "other", "name": "alice", "inline": {"a": policy(allow("*"))}},
    ],
    "groups": [{"account": "you", "name": "staff", "inline": {"a": policy(allow("s3:*"))}}],
    "policies": [
        {"account": "you", "name": "All", "versions": [{"document": policy(allow("*"))}]},
        {"account": "you", "name": "Iam", "versions": [{"document": policy(allow("iam:*"))}]},
    ],
    "roles": [
        {
            "account": "you",
            "name": "Named",
            "trust": trust({"AWS": "arn:aws:iam::{you}:user/named"}),
            "inline": {"a": policy(allow("s3:*"))},
        },
        {"account": "you", "name": "Delegated", "trust": trust({"AWS": "{you}"})},
        {"account": "you", "name": "Shared", "trust": trust({"AWS": "{other}"})},
        {
            "account": "you",
            "name": "Closed",
            "trust": trust({"AWS": "{you}"}, effect="Deny"),
        },
    ],
    "buckets": [
        {
            "account": "you",
            "name": "kinds-without",
            "policy": policy(
                allow("s3:GetObject", f"{DATA}/*", Principal={"AWS": "{other}"}),
                deny("s3:DeleteObject", f"{DATA}/*", Principal="*"),
            ),
        }
    ],
}


def can(who, action, resource=f"{DATA}/x"):
    return {"can": {"as": who, "action": action, "resource": resource}}


def assume(who, role):
    return {"assume": {"as": who, "role": role}}


# A trust policy that names a user of its own account is enough by itself; one that names the
# account delegates to its IAM policies; across accounts both must allow.
# https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
CASES = [
    ({"identity": "you/named"}, assume("you/named", "you/Named"), "allowed"),
    ({"trust": "you/Named"}, assume("you/named", "you/Named"), "implicit_deny"),
    ({"identity": "you/dev"}, assume("you/dev", "you/Delegated"), "implicit_deny"),
    ({"trust": "you/Delegated"}, assume("you/dev", "you/Delegated"), "implicit_deny"),
    ({"identity": "other/alice"}, assume("other/alice", "you/Shared"), "implicit_deny"),
    ({"trust": "you/Shared"}, assume("other/alice", "you/Shared"), "implicit_deny"),
    ({"trust": "you/Closed"}, assume("you/dev", "you/Closed"), "implicit_deny"),
    ({"boundary": "you/bound"}, can("you/bound", "s3:GetObject"), "allowed"),
    ({"policy": "you/Iam"}, can("you/bound", "s3:GetObject"), "allowed"),
    ({"policy": "you/All"}, can("you/bound", "iam:GetUser", "*"), "implicit_deny"),
    ({"policy": ADMINISTRATOR}, can("you/admin", "iam:GetUser", "*"), "implicit_deny"),
    ({"identity": "you/grouped"}, can("you/grouped", "s3:GetObject"), "implicit_deny"),
    ({"resource": DATA}, can("other/alice", "s3:GetObject"), "implicit_deny"),
    ({"resource": DATA}, can("you/admin", "s3:DeleteObject"), "allowed"),
    (
        {"identity": "you/Named"},
        can({"chain": ["you/named", "you/Named"]}, "s3:GetObject"),
        "implicit_deny",
    ),
    (
        [{"policy": "you/All"}, {"boundary": "you/bound"}],
        can("you/bound", "s3:GetObject"),
        "implicit_deny",
    ),
]


@pytest.mark.parametrize(("what", "check", "expect"), CASES, ids=str)
def test_a_policy_is_taken_away(tmp_path, what, check, expect):
    asked = {"without": {"what": what, "check": {**check, "expect": expect}}}
    result = result_of(tmp_path, WORLD, asked)

    assert result.got == expect
    assert result.passed
    assert result.question.startswith("Without the ")


def test_the_question_names_a_principal_as_others_do(tmp_path):
    asked = {"without": {"what": {"identity": "you/dev"}, "check": can("you/dev", "s3:GetObject")}}
    result = result_of(tmp_path, WORLD, asked)

    assert result.question.startswith("Without the permissions of user dev")


def test_nothing_is_changed_by_it(tmp_path):
    check = {"name": "checked", **can("you/dev", "s3:GetObject")}
    case = trial_of(lab_of(tmp_path, WORLD, check)).case()
    before = case.access
    changed = without(case, [{"trust": "you/Named"}, {"identity": "you/dev"}])

    assert changed.access != before
    fresh = trial_of(lab_of(tmp_path, WORLD, check)).case()
    assert {len(one.roles) for one in fresh.access.values()} == {
        len(one.roles) for one in case.access.values()
    }
    assert all(role.trust.text for role in case.world.roles)
    assert sum(role.trust.pk is None for role in case.world.roles) == 0
