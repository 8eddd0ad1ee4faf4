"""What cases as data cannot say: bound IDs, explanations, sentences and the cost of a decision."""

import json
from typing import Any

import pytest

from iam.engine import (
    Effect,
    Layer,
    LayeredPolicies,
    LayerEffect,
    LayerResult,
    PolicySource,
    Principal,
    Request,
    StatementRef,
    Verdict,
    decide,
    denial_message,
    explain,
    parse_policy,
    reason_sentence,
)
from iam.engine.decision.policy import REMEMBERED_ACTIONS

ACCOUNT = "111122223333"
USER_ARN = f"arn:aws:iam::{ACCOUNT}:user/u"
ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/team/R"
TARGET = f"arn:aws:iam::{ACCOUNT}:role/Target"
USER = Principal("user", ACCOUNT, USER_ARN, "AIDAOLD")
SESSION = Principal(
    "role",
    ACCOUNT,
    f"arn:aws:sts::{ACCOUNT}:assumed-role/R/s",
    "AROAOLD:s",
    role_arn=ROLE_ARN,
    role_id="AROAOLD",
)


def a_policy(*bodies: dict[str, Any]):
    return parse_policy(json.dumps({"Version": "2012-10-17", "Statement": list(bodies)}))


def trusts(principal: Any, bound: dict[str, str] | None = None) -> LayeredPolicies:
    body = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    return LayeredPolicies(
        resource=PolicySource(a_policy(body), "trust", bound=bound or {}), trust=True
    )


def assume(principal: Principal) -> Request:
    return Request(principal, "sts:AssumeRole", TARGET, ACCOUNT)


@pytest.mark.parametrize(("principal", "arn", "unique_id"), [
    (USER, USER_ARN, "AIDAOLD"), (SESSION, ROLE_ARN, "AROAOLD"),
])  # fmt: skip
def test_a_bound_principal_is_known_by_its_unique_id(principal, arn, unique_id) -> None:
    kept = decide(assume(principal), trusts({"AWS": arn}, {arn: unique_id}))
    recreated = decide(assume(principal), trusts({"AWS": arn}, {arn: unique_id + "NEW"}))
    shown_raw = decide(assume(principal), trusts({"AWS": unique_id}))

    assert kept.allowed
    assert recreated.verdict is Verdict.IMPLICIT_DENY
    assert shown_raw.allowed


def test_a_federated_user_has_what_was_granted_to_its_user_within_its_session_policy() -> None:
    federated = Principal(
        "federated-user",
        ACCOUNT,
        f"arn:aws:sts::{ACCOUNT}:federated-user/f",
        f"{ACCOUNT}:f",
        role_arn=USER_ARN,
        role_id="AIDAOLD",
    )
    bucket = PolicySource(
        a_policy(
            {"Effect": "Allow", "Principal": {"AWS": USER_ARN}, "Action": "s3:*", "Resource": "*"}
        ),
        "bucket",
    )
    request = Request(federated, "s3:GetObject", "arn:aws:s3:::b/k", ACCOUNT)
    silent = PolicySource(
        a_policy({"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}), "session"
    )

    assert decide(request, LayeredPolicies(resource=bucket)).allowed
    assert (
        decide(request, LayeredPolicies(resource=bucket, session=(silent,))).layer is Layer.SESSION
    )


def test_a_canonical_user_is_named_by_its_id() -> None:
    owner = Principal("user", ACCOUNT, USER_ARN, canonical_id="79a5")
    bucket = a_policy(
        {"Effect": "Allow", "Principal": {"CanonicalUser": "79a5"}, "Action": "*", "Resource": "*"}
    )
    request = Request(owner, "s3:GetObject", "arn:aws:s3:::b/k", ACCOUNT)

    assert decide(request, LayeredPolicies(resource=PolicySource(bucket, "bucket"))).allowed


REASONS = [
    ({"Action": "s3:Put*"}, "Action: `s3:GetObject` is not among `s3:Put*`"),
    ({"NotAction": "s3:*"}, "NotAction: `s3:GetObject` is among those left out"),
    (
        {"Resource": "arn:aws:s3:::c/*"},
        "Resource: `arn:aws:s3:::b/k` does not match `arn:aws:s3:::c/*`",
    ),
    ({"NotResource": "*"}, "NotResource: `arn:aws:s3:::b/k` is among those left out"),
    (
        {"Condition": {"StringEquals": {"sts:ExternalId": "abc"}}},
        "Condition: `StringEquals` on `sts:ExternalId`: "
        "the request has no such key, expected `abc`",
    ),
    (
        {"Condition": {"stringnotequalsifexists": {"aws:username": ["u", "v"]}}},
        "Condition: `StringNotEqualsIfExists` on `aws:username`: "
        "the request has `u`, not expected `u`, `v`",
    ),
    (
        {"Condition": {"ForAnyValue:StringLike": {"aws:TagKeys": []}}},
        "Condition: `ForAnyValue:StringLike` on `aws:TagKeys`: "
        "the request has no such key, expected nothing",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "reason"), REASONS)
def test_an_explanation_names_the_first_element_that_kept_a_statement_from_applying(
    body, reason
) -> None:
    usual = {"Effect": "Allow"}
    usual |= {} if "NotAction" in body else {"Action": "s3:*"}
    usual |= {} if "NotResource" in body else {"Resource": "*"}
    request = Request(USER, "s3:GetObject", "arn:aws:s3:::b/k", ACCOUNT, {"aws:username": "u"})
    decision = explain(
        request, LayeredPolicies(identity=(PolicySource(a_policy(usual | body), "p"),))
    )

    (check,) = decision.checks
    assert [ref.reason for ref in check.statements] == [reason]


def test_an_explanation_names_the_principals_of_a_trust_policy() -> None:
    decision = explain(assume(USER), trusts({"AWS": [f"{USER_ARN}{i}" for i in range(6)]}))

    assert decision.checks[0].statements[0].reason == (
        f"Principal: `{USER_ARN}` is not `{USER_ARN}0`, `{USER_ARN}1`, `{USER_ARN}2`, "
        f"`{USER_ARN}3` and 2 more"
    )


def test_a_decision_names_what_determined_it() -> None:
    identity = PolicySource(
        a_policy(
            {"Sid": "Other", "Effect": "Allow", "Action": "iam:*", "Resource": "*"},
            {"Sid": "Mine", "Effect": "Allow", "Action": "s3:*", "Resource": "*"},
        ),
        "ReadAll",
        f"arn:aws:iam::{ACCOUNT}:policy/ReadAll",
    )
    request = Request(USER, "s3:GetObject", "arn:aws:s3:::b/k", ACCOUNT)
    decision = decide(request, LayeredPolicies(identity=(identity,)))

    wanted = StatementRef("ReadAll", identity.arn, "Mine", 1, Effect.ALLOW, True)
    assert decision.determining == (wanted,)
    assert decision.checks == (LayerResult(Layer.PRINCIPAL, LayerEffect.ALLOW, (wanted,)),)


def test_an_explicit_deny_names_the_policy_by_its_arn() -> None:
    arn = f"arn:aws:iam::{ACCOUNT}:policy/Deny"
    deny = PolicySource(a_policy({"Effect": "Deny", "Action": "*", "Resource": "*"}), "Deny", arn)
    request = Request(USER, "s3:GetObject", "*", ACCOUNT)
    decision = decide(request, LayeredPolicies(identity=(deny,)))

    assert reason_sentence(request, decision) == (
        f"with an explicit deny in an identity-based policy: {arn}"
    )


def test_a_trust_policy_that_denies_is_named_as_such() -> None:
    body = {"Effect": "Deny", "Action": "sts:AssumeRole", "Principal": "*"}
    policies = LayeredPolicies(resource=PolicySource(a_policy(body), "trust", TARGET), trust=True)
    decision = decide(assume(USER), policies)

    assert reason_sentence(assume(USER), decision, trust=True) == (
        "with an explicit deny in the role trust policy"
    )


def test_a_denial_can_leave_resource_and_context_out() -> None:
    request = Request(USER, "s3:ListAllMyBuckets", "*", ACCOUNT)
    decision = decide(request, LayeredPolicies())

    assert denial_message(request, decision, with_resource=False) == (
        f"User: {USER_ARN} is not authorized to perform: s3:ListAllMyBuckets because no "
        "identity-based policy allows the s3:ListAllMyBuckets action"
    )
    assert denial_message(request, decision, with_context=False) == (
        f"User: {USER_ARN} is not authorized to perform: s3:ListAllMyBuckets on resource: *"
    )


def test_a_decision_does_not_cost_more_for_statements_that_cannot_match() -> None:
    matching = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    others = [{"Effect": "Allow", "Action": f"svc{i}:Get*", "Resource": "*"} for i in range(1_500)]
    policy = a_policy(*others, matching)

    assert policy.about("s3:getobject") == policy.statements[-1:]


def test_the_cache_of_a_policy_is_limited() -> None:
    policy = a_policy({"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"})

    assert not any(policy.about(f"s3:put{i}") for i in range(REMEMBERED_ACTIONS + 1))
    assert policy.about("s3:getobject") == policy.statements


def test_an_allowed_request_has_no_denial_sentence() -> None:
    allowed = decide(assume(USER), trusts("*"))

    assert reason_sentence(assume(USER), allowed, trust=True) == ""


def test_an_explanation_names_the_principals_that_a_denial_excludes() -> None:
    body = {"Effect": "Deny", "NotPrincipal": {"AWS": [USER_ARN, ACCOUNT]}, "Action": "*"}
    policy = PolicySource(a_policy(body | {"Resource": "*"}), "bucket")
    request = Request(USER, "s3:GetObject", "arn:aws:s3:::b/k", ACCOUNT)
    decision = explain(request, LayeredPolicies(resource=policy))

    assert decision.checks[0].statements[0].reason == (
        f"NotPrincipal: `{USER_ARN}` is among those left out"
    )


def test_a_caller_of_no_account_is_in_none() -> None:
    nobody = Principal("user", arn=USER_ARN)

    assert not decide(assume(nobody), trusts({"AWS": ["", ACCOUNT]})).allowed


def test_a_key_without_any_policy_lets_nobody_in() -> None:
    identity = PolicySource(a_policy({"Effect": "Allow", "Action": "*", "Resource": "*"}), "p")
    key = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1"
    asked = Request(USER, "kms:Decrypt", key, ACCOUNT)
    decision = decide(asked, LayeredPolicies(identity=(identity,), resource_must_allow=True))

    assert (decision.verdict, decision.layer) == (Verdict.IMPLICIT_DENY, Layer.RESOURCE)
