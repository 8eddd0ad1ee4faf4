"""`never`: ways to a goal, with every circumstance, tag and removal that a policy asks about."""

import pytest

from tests.labs.checks.labs import ADMINISTRATOR, allow, deny, policy, result_of, trust

pytestmark = pytest.mark.django_db

ADMIN_ROLE = "arn:aws:iam::{you}:role/Admin"
ONESELF = "arn:aws:iam::{you}:user/${aws:username}"
TAGGED = {"StringEquals": {"aws:PrincipalTag/team": "red"}}
MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
PUT_KEYS = {"action": "s3:PutObject", "resource": "arn:aws:s3:::keys/x"}


def _with(statements):
    return {"inline": {"a": policy(*statements)}} if statements else {}


def world(*statements, trusted=None, **dev):
    return {
        "users": [
            {"account": "you", "name": "admin", "managed": [ADMINISTRATOR]},
            {"account": "you", "name": "dev", **_with(statements), **dev},
            {"account": "you", "name": "intern"},
        ],
        "roles": [
            {
                "account": "you",
                "name": "Admin",
                "trust": trusted or trust({"Service": "ec2.amazonaws.com"}),
                "managed": [ADMINISTRATOR],
            }
        ],
    }


ASSUMES = allow("sts:AssumeRole", ADMIN_ROLE)
FOR_DEV = trust({"AWS": "arn:aws:iam::{you}:user/dev"})
FOR_DEV_WITH_MFA = trust({"AWS": "arn:aws:iam::{you}:user/dev"}, Condition=MFA)
AS_ADMIN = {"role": "you/Admin"}

# The steps' sources: https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
WAYS = {
    "is one already": (world(allow("*")), "admin", "can become an administrator already"),
    "writes a policy for himself": (
        world(allow("iam:PutUserPolicy", ONESELF)),
        "admin",
        "Embed a policy",
    ),
    "edits the trust of the role": (
        world(allow("iam:UpdateAssumeRolePolicy", ADMIN_ROLE)),
        AS_ADMIN,
        "trust policy",
    ),
    "assumes it": (world(ASSUMES, trusted=FOR_DEV), AS_ADMIN, "Admin"),
    "assumes it with a second factor": (world(trusted=FOR_DEV_WITH_MFA), AS_ADMIN, "MFA"),
    "tags himself": (
        world(allow("iam:TagUser", ONESELF), allow("s3:PutObject", Condition=TAGGED)),
        PUT_KEYS,
        "Tag the user dev",
    ),
    "takes a Deny off": (
        world(
            inline={
                "a": policy(allow(["iam:DeleteUserPolicy", "s3:*"])),
                "no": policy(deny("s3:*")),
            }
        ),
        PUT_KEYS,
        "Delete",
    ),
    "does it through the role": (world(ASSUMES, trusted=FOR_DEV), PUT_KEYS, "Admin"),
}
NO_WAYS = {
    "may nothing": (world(allow("s3:GetObject")), "admin"),
    "may read only": (world(allow("iam:Get*")), AS_ADMIN),
    "may assume, is not trusted": (world(ASSUMES), AS_ADMIN),
    "has a tag that is not his to set": (
        world(allow("s3:PutObject", Condition=TAGGED), tags={"team": "blue"}),
        PUT_KEYS,
    ),
    "tags others only": (
        world(
            allow("iam:TagUser", "arn:aws:iam::{you}:user/intern"),
            allow("s3:PutObject", Condition=TAGGED),
        ),
        PUT_KEYS,
    ),
}


@pytest.mark.parametrize("name", WAYS)
def test_a_way_is_found_and_shown(tmp_path, name):
    scene, goal, got = WAYS[name]
    result = result_of(tmp_path, scene, {"never": {"from": "you/dev", "goal": goal}})

    assert not result.passed
    assert got in result.got
    assert result.got.startswith("user dev: ")


@pytest.mark.parametrize("name", NO_WAYS)
def test_where_there_is_no_way_the_check_passes(tmp_path, name):
    scene, goal = NO_WAYS[name]
    result = result_of(tmp_path, scene, {"never": {"from": "you/dev", "goal": goal}})

    assert (result.passed, result.got) == (True, "no way")


def test_only_so_many_steps_are_tried(tmp_path):
    scene = world(allow("iam:UpdateAssumeRolePolicy", ADMIN_ROLE))
    one = {"never": {"from": "you/dev", "goal": AS_ADMIN, "steps": 1}}
    two = {"never": {"from": "you/dev", "goal": AS_ADMIN, "steps": 2}}

    assert result_of(tmp_path, scene, one).passed
    assert not result_of(tmp_path, scene, two).passed


@pytest.mark.parametrize(
    ("asks", "passed"),
    [
        ({"from": ["you/intern", "you/dev"]}, False),
        ({"from": ["you/intern", "you/nobody"]}, True),
        ({"from": "all", "except": ["you/admin", "you/Admin"]}, False),
        ({"from": "all", "except": ["you/admin", "you/Admin", "you/dev"]}, True),
    ],
)
def test_several_are_asked_about(tmp_path, asks, passed):
    scene = world(allow("iam:PutUserPolicy", ONESELF))

    assert result_of(tmp_path, scene, {"never": asks}).passed is passed
