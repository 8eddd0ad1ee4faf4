"""`assume`, `call` and `can` under circumstances: the facts that labs teach."""

import pytest

from tests.labs.checks.labs import ADMINISTRATOR, allow, lab_of, policy, results_of, trust

pytestmark = pytest.mark.django_db

DEV = {"AWS": "arn:aws:iam::{you}:user/dev"}
SAML = {"Federated": "arn:aws:iam::{you}:saml-provider/Corp"}
OIDC = {"Federated": "arn:aws:iam::{you}:oidc-provider/{issuer}"}
DATA = "arn:aws:s3:::kinds-calls"


def role(name, trusted, *statements):
    inline = {"inline": {"a": policy(*statements)}} if statements else {}
    return {"account": "you", "name": name, "trust": trusted, **inline}


def when(operator, key, value):
    return {"Condition": {operator: {key: value}}}


MFA, AGE = "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"
TAGGED = when("StringEquals", "aws:PrincipalTag/team", "red")
WORLD = {
    "identity_provider": {
        "people": [{"name": "alice", "email": "alice@example.com", "groups": ["staff"]}],
        "roles": [
            {
                "group": "staff",
                "role": "arn:aws:iam::{you}:role/Sso",
                "provider": "arn:aws:iam::{you}:saml-provider/Corp",
            }
        ],
    },
    "saml_providers": [{"account": "you", "name": "Corp"}, {"account": "you", "name": "Other"}],
    "oidc_providers": [{"account": "you", "client_ids": ["sts.amazonaws.com", "other"]}],
    "users": [
        {"account": "you", "name": "admin", "managed": [ADMINISTRATOR]},
        {"account": "you", "name": "dev", "inline": {"a": policy(allow("sts:*"), allow("iam:*"))}},
    ],
    "roles": [
        role("Mfa", trust(DEV, **when("Bool", MFA, "true"))),
        role("IfExists", trust(DEV, **when("BoolIfExists", MFA, "true"))),
        role("Fresh", trust(DEV, **when("NumericLessThan", AGE, "3600"))),
        role("Hop", trust(DEV, "sts:AssumeRole", "sts:TagSession"), allow("sts:*")),
        role("Named", trust(DEV, **when("StringEquals", "sts:SourceIdentity", "dev"))),
        role(
            "Identified",
            trust(
                DEV,
                "sts:AssumeRole",
                "sts:SetSourceIdentity",
                **when("StringEquals", "sts:SourceIdentity", "dev"),
            ),
            allow("sts:*"),
        ),
        role(
            "Target",
            trust({"AWS": "{you}"}, "sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"),
            allow("s3:*", f"{DATA}/*", **TAGGED),
        ),
        role("Plain", trust(DEV), allow("s3:*", f"{DATA}/a/*")),
        role(
            "Sso",
            trust(
                SAML,
                "sts:AssumeRoleWithSAML",
                "sts:TagSession",
                **when("StringEquals", "SAML:aud", "https://signin.aws.amazon.com/saml"),
            ),
        ),
        role(
            "Ci",
            trust(
                OIDC,
                "sts:AssumeRoleWithWebIdentity",
                Condition={
                    "StringEquals": {"{issuer}:aud": "sts.amazonaws.com"},
                    "StringLike": {"{issuer}:sub": "repo:acme/app:ref:refs/heads/main"},
                },
            ),
        ),
    ],
    "buckets": [{"account": "you", "name": "kinds-calls"}],
}


def assume(name, who="you/dev", expect="allowed", **sent):
    return {"assume": {"as": who, "role": f"you/{name}", **sent}, "expect": expect}


def can(action, resource, expect="allowed", **who):
    return {"can": {"as": who, "action": action, "resource": resource}, "expect": expect}


def ci(sub, audience="sts.amazonaws.com"):
    return {"person": "alice", "via": "oidc", "claims": {"sub": sub}, "audience": audience}


ALICE = {"person": "alice", "via": "saml"}
MAIN = "repo:acme/app:ref:refs/heads/main"
CHAIN = ["you/dev", "you/Hop", "you/Target"]
RED = {"tags": {"team": "red"}}
ONLY_A = policy(allow("s3:GetObject", f"{DATA}/a/x.txt"))
CHECKS = [
    # An access key sends no key of MFA at all; a sign-in without MFA sends "false".
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    assume("Mfa", mfa=True),
    assume("Mfa", expect="implicit_deny"),
    assume("Mfa", signed_in=True, expect="implicit_deny"),
    assume("IfExists"),
    assume("IfExists", signed_in=True, expect="denied"),
    assume("Fresh", mfa_age=3599),
    assume("Fresh", mfa_age=3601, expect="denied"),
    assume("Fresh", expect="denied"),
    # A chained session lasts an hour at most, a direct one as long as the role says.
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
    assume("Target", {"chain": ["you/dev", "you/Hop"]}, duration=3600),
    assume("Target", {"chain": ["you/dev", "you/Hop"]}, duration=3601, expect="denied"),
    # Tags need sts:TagSession in the trust policy, a source identity sts:SetSourceIdentity.
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    assume("Hop", **RED),
    assume("Plain"),
    assume("Plain", expect="denied", **RED),
    assume("Identified", source_identity="dev"),
    assume("Identified", source_identity="eve", expect="denied"),
    assume("Identified", expect="denied"),
    assume("Named", source_identity="dev", expect="denied"),
    # A transitive tag goes on along the chain, another does not.
    can("s3:GetObject", f"{DATA}/x", chain=CHAIN, transitive=["team"], **RED),
    can("s3:GetObject", f"{DATA}/x", "denied", chain=CHAIN, **RED),
    # A session has what both the role and the session policy allow.
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
    can("s3:GetObject", f"{DATA}/a/x.txt", chain=["you/dev", "you/Plain"], policy=ONLY_A),
    can("s3:GetObject", f"{DATA}/a/y.txt", "denied", chain=["you/dev", "you/Plain"], policy=ONLY_A),
    can("s3:GetObject", f"{DATA}/a/y.txt", chain=["you/dev", "you/Plain"]),
    can(
        "dynamodb:GetItem",
        "*",
        "denied",
        chain=["you/dev", "you/Plain"],
        policy=policy(allow("dynamodb:*")),
    ),
    # Federation: the right provider, audience and subject.
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html
    assume("Sso", ALICE),
    assume("Sso", {**ALICE, "audience": "urn:amazon:webservices"}, "denied"),
    assume("Sso", {**ALICE, "provider": "Other"}, "denied"),
    assume("Sso", "you/dev", "denied"),
    assume("Hop", ALICE, "denied"),
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
    assume("Ci", ci(MAIN)),
    assume("Ci", ci("repo:acme/app:pull_request"), "denied"),
    assume("Ci", ci("repo:acme-evil/app:ref:refs/heads/main"), "denied"),
    assume("Ci", ci(MAIN, "other"), "denied"),
    assume("Ci", ci(MAIN, "nobody"), "denied"),
    # A session token without MFA may not call IAM; a federated user never.
    # https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
    {"call": {"as": {"session_token": "you/dev", "mfa": True}, "operation": "iam:ListUsers"}},
    {
        "call": {"as": {"session_token": "you/dev"}, "operation": "iam:ListUsers"},
        "expect": "denied",
    },
    can("s3:GetObject", f"{DATA}/a/x.txt", "denied", federated="guest", by="you/dev"),
    {
        "call": {
            "as": {"federated": "guest", "by": "you/dev", "policy": policy(allow("iam:*"))},
            "operation": "iam:ListUsers",
        },
        "expect": "denied",
    },
    # What AWS refuses besides denying is refused, too.
    {
        "call": {
            "as": "you/dev",
            "operation": "iam:UpdateAssumeRolePolicy",
            "params": {"RoleName": "Hop", "PolicyDocument": {"Version": "2012-10-17"}},
        },
        "expect": "denied",
    },
    {"call": {"as": "you/dev", "operation": "sts:GetCallerIdentity"}},
]


def test_the_facts_that_labs_teach_hold(tmp_path):
    named = [{"name": f"check-{number}", **one} for number, one in enumerate(CHECKS)]
    results = results_of(lab_of(tmp_path, WORLD, *named[:40]))
    results |= results_of(lab_of(tmp_path, WORLD, *named[40:])) if named[40:] else {}

    wrong = [(one, results[one["name"]].got) for one in named if not results[one["name"]].passed]
    assert wrong == []
    assert len(results) == len(CHECKS)
