"""Who reaches what: `unchanged_access`, `keep`, `no_other_way`, `no_public_access`."""

import pytest

from tests.labs.checks.labs import ADMINISTRATOR, allow, deny, policy, result_of, trust

pytestmark = pytest.mark.django_db

REPORTS = "arn:aws:s3:::kinds-access"
READS = policy(allow("s3:GetObject", f"{REPORTS}/*"))
WORLD = {
    "accounts": {"you": {}, "other": {}},
    "users": [
        {"account": "you", "name": "admin", "managed": [ADMINISTRATOR]},
        {"account": "you", "name": "dev", "inline": {"read": READS}},
        {"account": "you", "name": "intern", "inline": {"a": policy(allow("sts:AssumeRole"))}},
    ],
    "roles": [
        {
            "account": "you",
            "name": "App",
            "trust": trust({"AWS": "arn:aws:iam::{you}:user/dev"}),
            "inline": {"write": policy(allow("s3:*", f"{REPORTS}*"))},
        }
    ],
    "buckets": [{"account": "you", "name": "kinds-access"}],
}
TRUST = "iam:UpdateAssumeRolePolicy"


def put(name, *statements, user="dev"):
    params = {"UserName": user, "PolicyName": name, "PolicyDocument": policy(*statements)}
    return {"call": {"iam:PutUserPolicy": params}}


def trusting(principal, **more):
    params = {"RoleName": "App", "PolicyDocument": trust(principal, **more)}
    return {"call": {TRUST: params}}


def made(name, principal):
    params = {"RoleName": name, "AssumeRolePolicyDocument": trust(principal)}
    return {"call": {"iam:CreateRole": params}}


def opened(principal, **more):
    statement = {"Effect": "Allow", "Principal": principal, "Action": "s3:GetObject"}
    document = policy({**statement, "Resource": f"{REPORTS}/*", **more})
    return {"call": {"s3:PutBucketPolicy": {"Bucket": "kinds-access", "Policy": document}}}


NO_READS = {"call": {"iam:DeleteUserPolicy": {"UserName": "dev", "PolicyName": "read"}}}
NEW_USER = {"call": {"iam:CreateUser": {"UserName": "joe"}}}
NEW_RIGHTS = {"call": {"iam:AttachUserPolicy": {"UserName": "joe", "PolicyArn": ADMINISTRATOR}}}
NEW_BUCKET = {"call": {"s3:CreateBucket": {"Bucket": "kinds-new"}}}
EC2 = {"Service": "ec2.amazonaws.com"}

UNCHANGED = [
    ("nothing is done", [], True, ""),
    ("a role for machines", [made("New", EC2)], False, "ec2.amazonaws.com can now act as"),
    ("a bucket", [NEW_BUCKET], True, ""),
    (
        "a role that dev gets",
        [made("New", {"AWS": "arn:aws:iam::{you}:user/dev"})],
        False,
        "user/dev can now act as",
    ),
    (
        "intern writes",
        [put("w", allow("s3:PutObject"), user="intern")],
        False,
        "user/intern can now do s3:PutObject",
    ),
    ("dev reads through the role alone", [NO_READS], True, ""),
    (
        "dev reads no more",
        [NO_READS, trusting({"AWS": "{you}"}, effect="Deny")],
        False,
        "can no longer do s3:GetObject",
    ),
    ("dev may pass roles", [put("p", allow("iam:PassRole"))], False, "can now do iam:PassRole"),
    ("intern gets in", [trusting({"AWS": "{you}"})], False, "user/intern can now"),
    ("a stranger gets in", [trusting({"AWS": "*"})], False, "can now act as"),
    ("a user without rights", [NEW_USER], True, ""),
    ("an administrator", [NEW_USER, NEW_RIGHTS], False, "user/joe can now do iam:"),
]


@pytest.mark.parametrize(("name", "steps", "passed", "got"), UNCHANGED, ids=str)
def test_access_is_compared_with_the_start(tmp_path, name, steps, passed, got):
    result = result_of(tmp_path, WORLD, {"unchanged_access": {"of": "all"}}, *steps)

    assert result.passed is passed
    assert got in result.got or passed


def test_what_may_be_lost_or_gained_is_allowed(tmp_path):
    allowed = [{"as": "you/dev", "action": "s3:PutObject", "resource": f"{REPORTS}/*"}]
    asks = {"of": "all", "lost": "ok", "allow": allowed}
    steps = [NO_READS, put("w", allow("s3:PutObject", f"{REPORTS}/*"))]

    assert result_of(tmp_path, WORLD, {"unchanged_access": asks}, *steps).passed


KEPT = [
    ([], True),
    ([put("p", allow("iam:PassRole"), user="intern")], True),
    ([made("New", {"AWS": "arn:aws:iam::{you}:user/dev"})], True),
    ([NO_READS], False),
    ([put("w", allow("s3:PutObject"))], False),
    ([put("n", deny("s3:GetObject"))], False),
    ([{"call": {"iam:UpdateUser": {"UserName": "dev", "NewUserName": "joe"}}}], False),
]


@pytest.mark.parametrize(("steps", "passed"), KEPT, ids=str)
def test_the_own_decisions_of_somebody_stay_as_they_were(tmp_path, steps, passed):
    result = result_of(tmp_path, WORLD, {"keep": {"of": "you/dev"}}, *steps)

    assert result.passed is passed
    assert result.question.endswith(" still do the same as at the start?")


def test_some_decisions_may_change(tmp_path):
    spared = [{"action": "s3:*", "resource": f"{REPORTS}*"}]
    keep = {"keep": {"of": ["you/dev", "you/intern"], "except": spared}}

    assert result_of(tmp_path, WORLD, keep, NO_READS).passed
    assert not result_of(tmp_path, WORLD, keep, put("p", allow("iam:PassRole"))).passed


MFA = {"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}
EXTERNAL = {"Condition": {"StringLike": {"sts:ExternalId": "ours-12?"}}}
AT_HOME = {"Condition": {"IpAddress": {"aws:SourceIp": "198.51.100.0/24"}}}
ELSEWHERE = {"Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}
OTHER_ID = {"Condition": {"StringEquals": {"sts:ExternalId": ["ours", "second"]}}}
# Nobody in the account has the tag; a stranger gives it to itself.
RED = {"Condition": {"StringEquals": {"aws:PrincipalTag/team": "red"}}}


def machines(account):
    arn = f"arn:aws:ec2:*:{account}:instance/*"
    return {"Condition": {"ArnLike": {"aws:SourceArn": arn}}}


WAYS = [
    ([], "nobody"),
    ([trusting({"AWS": "{you}"})], "user/intern"),
    ([trusting({"AWS": "{you}"}, **MFA)], "aws:MultiFactorAuthPresent true"),
    ([trusting({"AWS": "{you}"}, **EXTERNAL)], "sts:ExternalId ours-12x"),
    ([trusting({"AWS": "{you}"}, **AT_HOME)], "aws:SourceIp 198.51.100.1"),
    ([trusting({"AWS": "*"}, **OTHER_ID)], "stranger with sts:ExternalId ours"),
    ([trusting({"AWS": "*"}, **RED)], "stranger with aws:PrincipalTag/team red"),
    ([trusting({"AWS": "{you}"}, **RED)], "nobody"),
    ([trusting(EC2)], "ec2.amazonaws.com"),
    ([trusting(EC2, **machines("{you}"))], "ec2.amazonaws.com"),
    ([trusting(EC2, **machines("{other}"))], "nobody"),
    ([trusting({"Service": "lambda.amazonaws.com"})], "nobody"),
    ([trusting({"AWS": "{other}"})], ":user/stranger"),
    ([{"call": {"iam:DeleteRolePolicy": {"RoleName": "App", "PolicyName": "write"}}}], "nobody"),
]


@pytest.mark.parametrize(("steps", "got"), WAYS, ids=str)
def test_every_other_way_into_a_role_is_found(tmp_path, steps, got):
    asks = {"role": "you/App", "except": ["you/dev", "you/admin", "lambda.amazonaws.com"]}
    result = result_of(tmp_path, WORLD, {"no_other_way": asks}, *steps)

    assert result.passed is (got == "nobody")
    assert got in result.got


def test_a_way_through_another_role_is_a_way(tmp_path):
    steps = [
        made("Hop", {"AWS": "arn:aws:iam::{you}:user/intern"}),
        trusting({"AWS": ["arn:aws:iam::{you}:role/Hop"]}),
    ]
    asks = {"role": "you/App", "except": ["you/dev", "you/admin", "you/Hop"]}
    result = result_of(tmp_path, WORLD, {"no_other_way": asks}, *steps)

    assert "user/intern" in result.got


NO_MFA = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
NOT_AS_APP = {"StringNotEquals": {"aws:PrincipalArn": "arn:aws:iam::{you}:role/App"}}
IS_ROOT = {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::{you}:root"}}
ONLY_APP = opened("*", Effect="Deny", Condition=NOT_AS_APP)
DOERS = [
    ([], ":root does s3:GetObject on"),
    ([opened("*", Effect="Deny", Condition=IS_ROOT)], "user/dev does s3:GetObject on"),
    ([opened("*", Effect="Deny", Condition=IS_ROOT), NO_READS], "nobody"),
    ([ONLY_APP], "nobody"),
    ([ONLY_APP, put("x", allow("s3:*"), user="intern")], "nobody"),
    (
        [opened("*", Effect="Deny", Condition={**NOT_AS_APP, **NO_MFA}), NO_READS],
        ":root does s3:GetObject on arn:aws:s3:::kinds-access/rolecall-probe with",
    ),
]


@pytest.mark.parametrize(("steps", "got"), DOERS, ids=str)
def test_everybody_else_who_does_an_action_is_found(tmp_path, steps, got):
    asks = {
        "action": "s3:GetObject",
        "resource": f"{REPORTS}/*",
        "except": ["you/App", "you/admin"],
    }
    result = result_of(tmp_path, WORLD, {"no_other_way": asks}, *steps)

    assert result.passed is (got == "nobody")
    assert got in result.got


# What counts as public: a fixed account, organization or network does not.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
PUBLIC = [
    ([], "nothing"),
    ([opened("*")], f"everybody can do s3:GetObject on {REPORTS}"),
    ([opened({"AWS": "*"})], "everybody can do s3:GetObject"),
    ([opened({"AWS": "{other}"})], "nothing"),
    ([opened("*", **ELSEWHERE)], "nothing"),
    ([trusting({"AWS": "*"})], "everybody can do sts:AssumeRole"),
    ([trusting({"AWS": "*"}, **OTHER_ID)], "nothing"),
]


@pytest.mark.parametrize(("steps", "got"), PUBLIC, ids=str)
def test_what_is_open_to_everybody_is_found(tmp_path, steps, got):
    off = {"call": {"s3:DeletePublicAccessBlock": {"Bucket": "kinds-access"}}}
    result = result_of(tmp_path, WORLD, {"no_public_access": {}}, off, *steps)

    assert result.passed is (got == "nothing")
    assert got in result.got


def test_only_what_is_named_is_looked_at(tmp_path):
    roles = {"no_public_access": {"of": ["arn:aws:iam::*:role/*"]}}
    off = {"call": {"s3:DeletePublicAccessBlock": {"Bucket": "kinds-access"}}}

    assert result_of(tmp_path, WORLD, roles, off, opened("*")).passed
