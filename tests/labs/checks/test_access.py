"""`unchanged_access`: who reaches more than at the start, on the things of the lab."""

from typing import Any

import pytest

from tests.labs.checks.labs import ADMINISTRATOR, allow, policy, result_of, trust

pytestmark = pytest.mark.django_db

DEV = {"AWS": "arn:aws:iam::{you}:user/dev"}
WORLD = {
    "users": [
        {"account": "you", "name": "admin", "managed": [ADMINISTRATOR]},
        {"account": "you", "name": "dev"},
    ],
    "buckets": [{"account": "you", "name": "files", "objects": {"a.txt": "a"}}],
}
ROLE = {"call": {"iam:CreateRole": {"RoleName": "New", "AssumeRolePolicyDocument": trust(DEV)}}}
ENTERS = {"as": "you/dev", "role": "arn:aws:iam::{you}:role/New"}


def _given(user: str, *statements: dict[str, Any]) -> dict[str, Any]:
    params = {"UserName": user, "PolicyName": "p", "PolicyDocument": policy(*statements)}
    return {"call": {"iam:PutUserPolicy": params}}


def _unchanged(*rules: dict[str, Any]) -> dict[str, Any]:
    return {"unchanged_access": {"of": "all", "lost": "ok", "allow": list(rules)}}


@pytest.mark.parametrize(
    ("rules", "steps", "status"),
    [
        ([ENTERS], [ROLE], "passed"),
        ([], [ROLE], "failed"),
        ([ENTERS], [ROLE, _given("dev", allow("s3:ListBucket"))], "failed"),
        ([ENTERS], [ROLE, _given("dev", allow("iam:PutRolePolicy", "*"))], "failed"),
        ([], [_given("dev", allow("s3:GetObject", "arn:aws:s3:::files/*"))], "failed"),
        ([], [_given("dev", allow("s3:GetObject", "arn:aws:s3:::other/*"))], "passed"),
        ([], [{"call": {"s3:CreateBucket": {"Bucket": "of-the-student"}}}], "passed"),
    ],
    ids=[
        "an administrator has rights on a role that is made, as on any",
        "who gets into a new role must be allowed to",
        "who may get into a role gains nothing else by that",
        "rights on roles are a gain",
        "a bucket of the lab is asked about",
        "a bucket that there is not is not",
        "nor is one that the student made",
    ],
)
def test_a_gain_is_what_nobody_had_and_no_rule_allows(rules, steps, status, tmp_path):
    result = result_of(tmp_path, WORLD, _unchanged(*rules), *steps)

    assert result.status.value == status, result.got
