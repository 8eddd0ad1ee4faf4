"""`unchanged_access`: who reaches more than at the start, on the things of the lab."""

from typing import Any

import pytest

from tests.labs.checks.labs import ADMINISTRATOR, allow, deny, policy, result_of, trust

pytestmark = pytest.mark.django_db

DEV = {"AWS": "arn:aws:iam::{you}:user/dev"}
WORLD = {
    "users": [
        {"account": "you", "name": "admin", "managed": [ADMINISTRATOR]},
        {"account": "you", "name": "dev"},
    ],
    "roles": [
        {
            "account": "you",
            "name": "App",
            "trust": trust(DEV),
            "inline": {"all": policy(allow("kms:*", "*")), "no": policy(deny("kms:Decrypt", "*"))},
        }
    ],
    "buckets": [{"account": "you", "name": "files", "objects": {"a.txt": "a"}}],
}
ROLE = {"call": {"iam:CreateRole": {"RoleName": "New", "AssumeRolePolicyDocument": trust(DEV)}}}
MAY_READ_TABLES = {"as": "you/dev", "action": "dynamodb:GetItem", "resource": "*"}


def _trusted(condition: dict[str, Any]) -> dict[str, Any]:
    document = trust("*", Condition=condition)
    return {"call": {"iam:UpdateAssumeRolePolicy": {"RoleName": "App", "PolicyDocument": document}}}


def _of_app(name: str, statement: dict[str, Any]) -> dict[str, Any]:
    params = {"RoleName": "App", "PolicyName": name, "PolicyDocument": policy(statement)}
    return {"call": {"iam:PutRolePolicy": params}}


MORE_FOR_APP = _of_app("more", allow("dynamodb:GetItem", "*"))
DECRYPTION_FOR_APP = {"call": {"iam:DeleteRolePolicy": {"RoleName": "App", "PolicyName": "no"}}}
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
        ([], [MORE_FOR_APP], "failed"),
        ([], [_of_app("more", allow("ec2:*", "*"))], "failed"),
        ([], [_of_app("more", allow("s3:PutObject", "arn:aws:s3:::files/b/*"))], "failed"),
        ([], [_of_app("more", allow("sts:AssumeRole", "*"))], "passed"),
        ([MAY_READ_TABLES], [MORE_FOR_APP], "passed"),
        ([{**MAY_READ_TABLES, "as": "you/App"}], [MORE_FOR_APP], "passed"),
        ([], [_of_app("more", allow("kms:Encrypt", "*"))], "passed"),
        ([], [_of_app("tables", deny("dynamodb:*", "*"))], "passed"),
        ([], [DECRYPTION_FOR_APP], "failed"),
        ([], [_given("dev", allow("dynamodb:GetItem", "*"))], "passed"),
        ([], [_trusted({"StringEquals": {"aws:username": "dev"}})], "failed"),
        ([], [_trusted({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/dev"}})], "failed"),
        ([], [_trusted({"ArnLike": {"aws:PrincipalArn": DEV["AWS"]}})], "passed"),
    ],
    ids=[
        "an administrator has rights on a role that is made, as on any",
        "who gets into a new role must be allowed to",
        "who may get into a role gains nothing else by that",
        "rights on roles are a gain",
        "a bucket of the lab is asked about",
        "a bucket that there is not is not",
        "nor is one that the student made",
        "what a role's new policy names is asked about, though no probe is about it",
        "an action of each kind is asked about where all of a service are allowed",
        "a part of a bucket is asked about",
        "a right to enter roles is compared by the roles",
        "who enters the role may gain it",
        "the role may gain it",
        "what it could do before is no gain",
        "a new denial is no gain",
        "a denial that is taken away is one",
        "a user is asked the default probes alone",
        "a stranger may be called as somebody here",
        "whatever the account",
        "but has another account",
    ],
)
def test_a_gain_is_what_nobody_had_and_no_rule_allows(rules, steps, status, tmp_path):
    result = result_of(tmp_path, WORLD, _unchanged(*rules), *steps)

    assert result.status.value == status, result.got


@pytest.mark.parametrize(("closely", "status"), [([], "passed"), (["you/dev"], "failed")])
def test_who_is_named_is_asked_closely(closely, status, tmp_path):
    check = _unchanged()
    check["unchanged_access"]["closely"] = closely

    result = result_of(tmp_path, WORLD, check, _given("dev", allow("dynamodb:GetItem", "*")))

    assert result.status.value == status


def test_a_role_that_is_kept_gains_nothing(tmp_path):
    result = result_of(tmp_path, WORLD, {"keep": {"of": ["you/App"]}}, MORE_FOR_APP)

    assert result.got == "you/App can now do dynamodb:GetItem on *"
