"""With which condition keys a denied request would be allowed, found by asking the engine again."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from iam.engine import (
    OF_A_SECOND_FACTOR,
    LayeredPolicies,
    PolicySource,
    Request,
    decide,
    other_request,
    parse_policy,
)
from tests.engine.documents import ACCOUNT, SESSION, USER, policies, requests, source

ROLE = f"arn:aws:iam::{ACCOUNT}:role/R"
ASSUME = Request(USER, "sts:AssumeRole", ROLE, ACCOUNT)
LIST = Request(USER, "s3:ListBucket", "arn:aws:s3:::b", ACCOUNT)
ALLOW = {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}
DENY = {**ALLOW, "Effect": "Deny"}
MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


def trusting(**condition: Any) -> LayeredPolicies:
    body = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": USER.arn}}
    text = json.dumps({"Version": "2012-10-17", "Statement": {**body, "Condition": condition}})
    return LayeredPolicies(resource=PolicySource(parse_policy(text), "trust"), trust=True)


def given_by(*bodies: dict[str, Any]) -> LayeredPolicies:
    return LayeredPolicies(identity=(source(list(bodies)),))


CASES: dict[str, tuple[Request, LayeredPolicies, dict[str, str] | None]] = {
    "a role that requires MFA": (
        ASSUME, trusting(**MFA), {"aws:MultiFactorAuthPresent": "true"}),
    "a role that requires a fresh MFA": (
        ASSUME, trusting(**MFA, NumericLessThan={"aws:MultiFactorAuthAge": "3600"}),
        {"aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "0"}),
    "a role that requires an external ID": (
        ASSUME, trusting(StringEquals={"sts:ExternalId": "course"}), {"sts:ExternalId": "course"}),
    "an external ID that is another one": (
        replace(ASSUME, context={"STS:externalid": "x"}),
        trusting(StringEquals={"sts:ExternalId": "course"}), {"sts:ExternalId": "course"}),
    "a deny without MFA": (
        LIST,
        given_by(ALLOW, {**DENY, "Condition": {"BoolIfExists": MFA["Bool"] | {
            "aws:MultiFactorAuthPresent": "false"}}}),
        {"aws:MultiFactorAuthPresent": "true"}),
    "a deny outside of a network": (
        replace(LIST, context={"aws:SourceIp": "192.0.2.7"}),
        given_by(ALLOW, {**DENY, "Condition": {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}),
        {"aws:SourceIp": "10.0.0.1"}),
    "a deny outside of one address": (
        replace(LIST, context={"aws:SourceIp": "192.0.2.7"}),
        given_by(ALLOW, {**DENY, "Condition": {"NotIpAddress": {"aws:SourceIp": "10.0.0.7"}}}),
        {"aws:SourceIp": "10.0.0.7"}),
    "one address of version 6": (
        LIST,
        given_by({**ALLOW, "Condition": {"IpAddress": {"aws:SourceIp": "2001:db8::1/128"}}}),
        {"aws:SourceIp": "2001:db8::1"}),
    "a folder of one's own": (
        replace(LIST, context={"s3:prefix": ""}),
        given_by({**ALLOW, "Condition": {"StringLike": {"s3:prefix": ["home/u/*"]}}}),
        {"s3:prefix": "home/u/"}),
    "a folder by one's name": (
        replace(LIST, context={"s3:prefix": "", "aws:username": "u*"}),
        given_by({**ALLOW, "Condition": {"StringLike": {"s3:prefix": [
            "home/${aws:nobody}/*", "home/${aws:username}/?*"]}}}),
        {"s3:prefix": "home/u*/x"}),
    "a text that is no pattern": (
        LIST, given_by({**ALLOW, "Condition": {"StringEquals": {"s3:prefix": "a*"}}}),
        {"s3:prefix": "a*"}),
    "what one is cannot be asked for": (
        LIST, given_by({**ALLOW, "Condition": {"StringEquals": {"aws:username": "v"}}}), None),
    "one key of one's own is not enough beside another": (
        LIST,
        given_by({**ALLOW, "Condition": {**MFA, "StringEquals": {"aws:username": "v"}}}), None),
    "an address that is none": (
        LIST, given_by({**ALLOW, "Condition": {"IpAddress": {"aws:SourceIp": "nowhere"}}}), None),
    "silence": (LIST, LayeredPolicies(), None),
    "what is allowed needs no other request": (LIST, given_by(ALLOW), None),
}  # fmt: skip


@pytest.mark.parametrize(("request_", "given_", "expected"), CASES.values(), ids=CASES.keys())
def test_how_else_to_ask(
    request_: Request, given_: LayeredPolicies, expected: dict[str, str] | None
) -> None:
    assert other_request(request_, given_) == expected


@pytest.mark.parametrize("name", ["a role that requires MFA", "a deny without MFA"])
def test_mfa_is_not_proposed_to_a_caller_who_cannot_use_it(name: str) -> None:
    request, given_, _ = CASES[name]
    assert other_request(replace(request, principal=SESSION), given_, OF_A_SECOND_FACTOR) is None


@given(requests, policies)
def test_the_proposed_request_is_allowed(request: Request, given_: LayeredPolicies) -> None:
    asked = other_request(request, given_)
    if asked is None:
        return
    named = {key.lower() for key in asked}
    kept = {key: value for key, value in request.context.items() if key.lower() not in named}
    assert not decide(request, given_).allowed
    assert decide(replace(request, context={**kept, **asked}), given_).allowed
