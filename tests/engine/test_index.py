"""The index over a layer's policies: it spares work, and never a statement that applies."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iam.engine import (
    LayeredPolicies,
    PolicySource,
    Principal,
    Request,
    decide,
    explain,
    parse_policy,
)
from iam.engine.decision import layer_index
from iam.engine.decision.layer_index import LayerIndex
from iam.engine.decision.statement import EvaluationSite
from iam.engine.terms import Layer, Verdict
from tests.engine.documents import ACCOUNT, PRINCIPALS, USER, identity_statements, requests, source

MANY = st.lists(identity_statements.map(source), min_size=3, max_size=8).map(tuple)


def stack_of(*sources: PolicySource) -> LayerIndex:
    return LayerIndex(Layer.PRINCIPAL, sources, EvaluationSite())


def numbered(count: int, **more: Any) -> PolicySource:
    bodies: list[dict[str, Any]] = [
        {"Effect": "Allow", "Action": "s3:Get*", "Resource": f"arn:aws:s3:::bucket-{i}/*", **more}
        for i in range(count)
    ]
    return source(bodies)


def get(bucket: str, action: str = "s3:GetObject") -> Request:
    return Request(USER, action, f"arn:aws:s3:::{bucket}/k", ACCOUNT)


@given(requests, MANY)
def test_a_look_up_misses_no_statement_that_applies(
    request: Request, given_: tuple[PolicySource, ...]
) -> None:
    indexed = stack_of(*given_)
    applying = [
        (one, statement)
        for one in given_
        for statement in one.policy.statements
        if statement.actions.matches(request.action_key)
        and statement.applies(request, indexed.site)
    ]

    near = [entry for entry in indexed.near(request) if entry[1].applies(request, indexed.site)]
    assert near == applying


def test_of_many_resources_only_those_that_begin_alike_are_tried() -> None:
    indexed = stack_of(numbered(2_000))

    assert [statement.index for _, statement in indexed.near(get("bucket-77"))] == [77]
    assert list(indexed.near(get("other"))) == []


def test_a_statement_without_a_literal_beginning_is_always_tried() -> None:
    anything = {"Effect": "Allow", "Action": "s3:*"}
    bodies: list[dict[str, Any]] = [
        {**anything, "Resource": "*"},
        {**anything, "NotResource": "arn:aws:s3:::a/*"},
        {**anything, "Resource": ["arn:aws:s3:::a/*", "arn:aws:s3:::bucket-1/*", "arn:aws:s3:*"]},
        {**anything, "Resource": "arn:aws:${aws:username}:::a"},
        {**anything, "Resource": "arn:aws:s3:::z"},
    ]
    indexed = stack_of(source(bodies), numbered(3))

    tried = [(one.name, found.index) for one, found in indexed.near(get("bucket-1"))]
    assert tried == [("p", 0), ("p", 1), ("p", 2), ("p", 3), ("p", 1)]


def test_the_cache_of_a_layer_is_limited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(layer_index, "REMEMBERED_ACTIONS", 5)
    monkeypatch.setattr(layer_index, "REMEMBERED_REFS", 12)
    few = stack_of(numbered(4))
    for number in range(6):
        few.about(f"s3:put{number}")
    for number in range(5):
        told = few.kept_away(get("b", f"s3:Put{number}"))
        assert len(told) == 4

    assert len(few.about("s3:getobject").entries) == 4
    assert few.kept_away(get("b", "s3:Put4")) is told
    assert few.kept_away(get("b", "s3:PUT4")) is not told


def test_the_reasons_are_those_of_the_moment_of_the_decision() -> None:
    context: dict[str, str | tuple[str, ...]] = {"aws:username": "u"}
    condition = {"StringEquals": {"aws:username": "v"}}
    policies = LayeredPolicies(identity=(numbered(1, Condition=condition),))
    decision = explain(replace(get("bucket-0"), context=context), policies)
    context["aws:username"] = "v"

    assert decision.checks[0].statements[0].reason.endswith("the request has `u`, expected `v`")


def test_an_explanation_lists_near_misses_first() -> None:
    elsewhere = {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}
    near = {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::other/*"}
    policies = LayeredPolicies(identity=(source([elsewhere, near]),))

    assert [ref.index for ref in explain(get("b"), policies).checks[0].statements] == [1, 0]


def test_decisions_are_equal_if_they_say_the_same() -> None:
    policies = LayeredPolicies(identity=(numbered(5),))
    first, second = decide(get("bucket-1"), policies), decide(get("bucket-1"), policies)

    assert first == second
    assert hash(first) == hash(second)
    assert repr(first) == repr(second)
    assert first != decide(get("bucket-2"), policies)
    assert first != explain(get("bucket-1"), policies)
    assert first != "allowed"


@pytest.mark.parametrize("principal", PRINCIPALS, ids=lambda one: one.kind)
def test_the_same_policies_answer_anew_for_each_request(principal: Principal) -> None:
    text = json.dumps(
        {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}}
    )
    policies = LayeredPolicies(
        identity=(numbered(2),), resource=PolicySource(parse_policy(text), "bucket")
    )
    asked = [replace(get(f"bucket-{i}"), principal=principal) for i in (0, 5, 0)]

    answers = [decide(request, policies) for request in asked]
    assert answers == [decide(request, replace(policies)) for request in asked]


def test_policies_with_that_of_a_resource_share_the_indexes_of_their_other_layers():
    own = LayeredPolicies(identity=(numbered(3),))
    there = own.with_resource(numbered(1, Effect="Deny", Principal="*"), trust=False)

    assert there.stacks.identity is own.stacks.identity
    assert decide(get("bucket-2"), own).verdict is Verdict.ALLOW
    assert decide(get("bucket-0"), there).verdict is Verdict.EXPLICIT_DENY
    assert decide(get("bucket-2"), there).verdict is Verdict.ALLOW
    assert decide(get("bucket-2"), replace(there, identity=())).verdict is Verdict.IMPLICIT_DENY
