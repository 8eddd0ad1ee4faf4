"""What would have to change for another decision, found by asking the engine again."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from iam.engine import (
    Layer,
    LayeredPolicies,
    PolicyChange,
    PolicySource,
    Principal,
    Request,
    decide,
    parse_policy,
    smallest_change,
)
from tests.engine.documents import ACCOUNT, SESSION, USER, policies, requests, source

KEY = "arn:aws:s3:::b/k"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/R"
OTHER = Principal("user", "444455556666", "arn:aws:iam::444455556666:user/x", "AIDAX")
ASKED = Request(USER, "s3:GetObject", KEY, ACCOUNT)
GET = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": KEY}
NO_GET = {**GET, "Effect": "Deny"}
ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
EMPTY = {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}
ASSUME = replace(ASKED, action="sts:AssumeRole", resource=ROLE)
MFA = {"aws:MultiFactorAuthPresent": "true"}
WITH_MFA = replace(ASSUME, context=MFA)
LET_IN = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": USER.arn}}
NOT_HOME = {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}


def one(*bodies: dict[str, Any], name: str = "p") -> PolicySource:
    return source(list(bodies), name)


def trusting(principal: Any, bound: dict[str, str] | None = None, **condition: Any) -> PolicySource:
    body = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    if condition:
        body["Condition"] = condition
    text = json.dumps({"Version": "2012-10-17", "Statement": body})
    return PolicySource(parse_policy(text), "trust", bound=bound or {})


CASES: dict[str, tuple[Request, LayeredPolicies, tuple[Any, ...] | None]] = {
    "silence is ended by one allow": (
        ASKED, LayeredPolicies(), ("add", Layer.PRINCIPAL, "", GET)),
    "what is denied is asked for again without the deny": (
        ASKED, LayeredPolicies(identity=(one(ALL), one(EMPTY, NO_GET, name="no"))),
        ("remove", Layer.PRINCIPAL, "no", NO_GET)),
    "two denies are not one removal": (
        ASKED, LayeredPolicies(identity=(one(ALL), one(NO_GET, {**NO_GET, "Sid": "again"}))), None),
    "a deny besides silence is not one change": (
        ASKED, LayeredPolicies(identity=(one(NO_GET),)), None),
    "a boundary that is silent": (
        ASKED, LayeredPolicies(identity=(one(ALL),), boundary=one(EMPTY, name="limit")),
        ("add", Layer.PERMISSIONS_BOUNDARY, "limit", GET)),
    "a boundary and a session that are silent": (
        replace(ASKED, principal=SESSION),
        LayeredPolicies(identity=(one(ALL),), boundary=one(EMPTY), session=(one(EMPTY),)), None),
    "a session policy that is silent": (
        replace(ASKED, principal=SESSION),
        LayeredPolicies(identity=(one(ALL),), session=(one(EMPTY, name="s"), one(EMPTY, name="t"))),
        ("add", Layer.SESSION, "s", GET)),
    "one level of an organization that is silent": (
        ASKED, LayeredPolicies(identity=(one(ALL),), scps=((one(ALL),), (one(EMPTY, name="ou"),))),
        ("add", Layer.SCP, "ou", GET)),
    "two levels of an organization that are silent": (
        ASKED, LayeredPolicies(identity=(one(ALL),), scps=((one(EMPTY),), (one(EMPTY),))), None),
    "a deny of an organization": (
        ASKED, LayeredPolicies(identity=(one(ALL),), scps=((one(ALL, NO_GET, name="scp"),),)),
        ("remove", Layer.SCP, "scp", NO_GET)),
    "a resource control policy that denies": (
        ASKED,
        LayeredPolicies(identity=(one(ALL),), rcps=((one({**ALL, "Principal": "*"},
                                                  {**NO_GET, "Principal": "*"}, name="r"),),)),
        ("remove", Layer.RCP, "r", {**NO_GET, "Principal": "*"})),
    "a bucket policy that does not name the other account": (
        replace(ASKED, principal=OTHER),
        LayeredPolicies(identity=(one(ALL),), resource=one({**EMPTY, "Principal": "*"},
                        name="bucket")),
        ("add", Layer.RESOURCE, "bucket", {**GET, "Principal": {"AWS": OTHER.arn}})),
    "neither account allows": (
        replace(ASKED, principal=OTHER),
        LayeredPolicies(resource=one({**EMPTY, "Principal": "*"})), None),
    "an account is trusted and its user may not": (
        ASSUME, LayeredPolicies(resource=trusting({"AWS": ACCOUNT}), trust=True),
        ("add", Layer.PRINCIPAL, "",
         {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": ROLE})),
    "a service that is not trusted": (
        replace(ASSUME, principal=Principal("service", arn="x.amazonaws.com",
                                            services=("x.amazonaws.com",))),
        LayeredPolicies(resource=trusting({"AWS": ACCOUNT}), trust=True),
        ("add", Layer.RESOURCE, "trust",
         {"Effect": "Allow", "Action": "sts:AssumeRole",
          "Principal": {"Service": "x.amazonaws.com"}})),
    "a provider that is not trusted": (
        replace(ASSUME, principal=Principal("web-identity", provider="p.example.com")),
        LayeredPolicies(resource=trusting({"AWS": ACCOUNT}), trust=True),
        ("add", Layer.RESOURCE, "trust",
         {"Effect": "Allow", "Action": "sts:AssumeRole",
          "Principal": {"Federated": "p.example.com"}})),
    "nobody known": (
        replace(ASKED, principal=Principal("anonymous")),
        LayeredPolicies(resource=one({**EMPTY, "Principal": "*"})),
        ("add", Layer.RESOURCE, "p", {**GET, "Principal": "*"})),
    "a user made again by the name of a deleted one": (
        ASSUME,
        LayeredPolicies(resource=trusting({"AWS": USER.arn}, {USER.arn: "AIDAOLD"}), trust=True),
        ("add", Layer.RESOURCE, "trust",
         {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": USER.arn}})),
    "whom a trust policy lets in besides comes with MFA too": (
        WITH_MFA, LayeredPolicies(resource=trusting({"AWS": OTHER.arn}, Bool=MFA), trust=True),
        ("add", Layer.RESOURCE, "trust", {**LET_IN, "Condition": {"Bool": MFA}})),
    "a trust policy's condition that cannot be met is gone around": (
        ASSUME, LayeredPolicies(resource=trusting({"AWS": OTHER.arn}, Bool=MFA), trust=True),
        ("add", Layer.RESOURCE, "trust", LET_IN, ("aws:MultiFactorAuthPresent",))),
    "what a trust policy asks of a service it asks of no user": (
        ASSUME,
        LayeredPolicies(resource=trusting({"Service": "x.amazonaws.com"},
                                   StringEquals={"aws:SourceAccount": ACCOUNT}), trust=True),
        ("add", Layer.RESOURCE, "trust", LET_IN)),
    "a service is asked what services are": (
        replace(ASSUME, principal=Principal("service", arn="y.amazonaws.com",
                                            services=("y.amazonaws.com",))),
        LayeredPolicies(resource=trusting({"Service": "x.amazonaws.com"},
                                   StringEquals={"aws:SourceAccount": ACCOUNT}), trust=True),
        ("add", Layer.RESOURCE, "trust", {**LET_IN, "Principal": {"Service": "y.amazonaws.com"}},
         ("aws:SourceAccount",))),
    "a provider's sessions are asked what other providers' are": (
        replace(ASSUME, action="sts:AssumeRoleWithWebIdentity",
                principal=Principal("web-identity", provider="p.example.com")),
        LayeredPolicies(resource=one({"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                               "Principal": {"Federated": "o.example.com"},
                               "Condition": {"StringEquals": {"o.example.com:aud": "x"}}}),
                 trust=True),
        ("add", Layer.RESOURCE, "p", {"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                                      "Principal": {"Federated": "p.example.com"}},
         ("o.example.com:aud",))),
    "an identity policy's condition": (
        ASKED, LayeredPolicies(identity=(one({**ALL, "Condition": {"Bool": MFA}}),)),
        ("add", Layer.PRINCIPAL, "", GET, ("aws:MultiFactorAuthPresent",))),
    "a boundary's condition": (
        ASKED,
        LayeredPolicies(identity=(one(ALL),), boundary=one({**ALL, "Condition": {"Bool": MFA}})),
        ("add", Layer.PERMISSIONS_BOUNDARY, "p", GET, ("aws:MultiFactorAuthPresent",))),
    "a session policy's condition": (
        replace(ASKED, principal=SESSION),
        LayeredPolicies(identity=(one(ALL),), session=(one({**ALL, "Condition": {"Bool": MFA}}),)),
        ("add", Layer.SESSION, "p", GET, ("aws:MultiFactorAuthPresent",))),
    "an organization's condition": (
        ASKED,
        LayeredPolicies(identity=(one(ALL),), scps=((one({**ALL, "Condition": {"Bool": MFA}}),),)),
        ("add", Layer.SCP, "p", GET, ("aws:MultiFactorAuthPresent",))),
    "a deny with a condition": (
        ASKED, LayeredPolicies(identity=(one(ALL, {**NO_GET, "Condition": NOT_HOME}),)),
        ("remove", Layer.PRINCIPAL, "p", {**NO_GET, "Condition": NOT_HOME}, ("aws:SourceIp",))),
    "the one statement that allows": (
        ASKED, LayeredPolicies(identity=(one(EMPTY, ALL),)), ("remove", Layer.PRINCIPAL, "p", ALL)),
    "two statements that allow": (
        ASKED, LayeredPolicies(identity=(one(ALL, GET),)), ("add", Layer.PRINCIPAL, "", NO_GET)),
    "root, whom only its account's policies could limit": (
        replace(ASKED, principal=Principal("root", ACCOUNT, f"arn:aws:iam::{ACCOUNT}:root")),
        LayeredPolicies(), None),
}  # fmt: skip


@pytest.mark.parametrize(("request_", "given_", "expected"), CASES.values(), ids=CASES.keys())
def test_the_smallest_change(
    request_: Request, given_: LayeredPolicies, expected: tuple[Any, ...] | None
) -> None:
    assert smallest_change(request_, given_) == (PolicyChange(*expected) if expected else None)


@given(requests, policies)
def test_a_change_to_identity_policies_turns_the_decision_round(
    request: Request, given_: LayeredPolicies
) -> None:
    change = smallest_change(request, given_)
    if change is None or change.layer is not Layer.PRINCIPAL or change.kind == "remove":
        return
    changed = replace(given_, identity=(*given_.identity, one(json.loads(change.text))))
    assert decide(request, changed).allowed is not decide(request, given_).allowed
