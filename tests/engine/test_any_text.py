"""Whatever text comes in: an answer or a PolicyError, never anything else, and in good time."""

import json
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iam.engine import (
    PolicyError,
    PolicyType,
    clean,
    findings,
    parse_policy,
    pattern_matches,
    repair,
    size_without_whitespace,
    validate_policy,
)
from iam.engine.evaluation import evaluate_text
from tests.engine.steps import steps

odd_texts = st.text() | st.text(
    '{}[]:,"\\ \n0123456789.-eE\u201c\u201d\u2018\u2019\u00a0tfn/u\ud800', max_size=60
)
kinds = st.sampled_from(list(PolicyType))
DEEP = "[" * 60_000
DEEP_OBJECT = '{"a":' * 60_000


@given(odd_texts, kinds)
@example("", PolicyType.TRUST)
@example(DEEP, PolicyType.IDENTITY)
@example(DEEP_OBJECT, PolicyType.TRUST)
@example('{"a":1,"a":' + "9" * 5000 + "}", PolicyType.TRUST)
@example("9" * 5000, PolicyType.TRUST)
@example("[" * 900 + "]" * 900, PolicyType.TRUST)
@example("x" * 200_000, PolicyType.TRUST)
@example("1 {\n2   {\n", PolicyType.TRUST)
@example('\u201c "' + '\\"' * 60_000, PolicyType.TRUST)
@example("{}" + " " * 120_000 + ",", PolicyType.TRUST)
@example('{"\\ud800": 1}', PolicyType.RESOURCE)
@example("\ud800", PolicyType.RESOURCE)
def test_any_text_is_answered(text: str, kind: PolicyType) -> None:
    place = refused_at(text, kind)
    assert place is None or min(place) >= 1
    for finding in findings(text, kind):
        assert finding.code
        assert finding.message
        assert min(finding.line, finding.column) >= 1
    for found in (clean(text), repair(text)):
        assert found is None or (found.text and found.sentence)
    assert size_without_whitespace(text) <= len(text)


def refused_at(text: str, kind: PolicyType) -> tuple[int, int] | None:
    try:
        validate_policy(text, kind)
    except PolicyError as refused:
        return refused.line, refused.column
    return None


@given(odd_texts | st.binary())
def test_any_line_is_evaluated(line: str | bytes) -> None:
    assert isinstance(json.loads(evaluate_text(line)), dict)


@given(st.dictionaries(
    st.sampled_from(["principal", "action", "resource", "context", "identityPolicies",
                     "resourcePolicy", "sessionPolicies", "serviceControlPolicies"]),
    st.recursive(st.none() | st.integers() | st.text(max_size=5) | st.floats(),
                 lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3),
                 inner, max_size=2), max_leaves=5)))  # fmt: skip
def test_any_object_is_evaluated(line: dict[str, object]) -> None:
    answer = json.loads(evaluate_text(json.dumps(line)))

    assert answer.keys() == {"error"} or answer["decision"]


@pytest.mark.parametrize(
    "slow",
    [
        lambda n: pattern_matches("*a" * n + "b", "a" * (2 * n)),
        lambda n: pattern_matches("*" * n, "a" * n),
        lambda n: pattern_matches("*?" * n, "a" * n + "b"),
        lambda n: pattern_matches("*a?" * n, "a" * 2 * n),
        lambda n: pattern_matches(f"*{'a?' * n}b*", "a" * 4 * n),
        lambda n: findings('"' + "\\u0041" * n, PolicyType.TRUST),
        lambda n: findings("{" * n, PolicyType.TRUST),
        lambda n: findings("1 {\n" * n, PolicyType.TRUST),
        lambda n: clean("“" * n),
        lambda n: repair("{" + '{"Effect":1},' * n),
        lambda n: findings('{"a' + " " * n, PolicyType.TRUST),
    ],
)
def test_twice_the_text_takes_at_most_about_twice_the_steps(slow: Callable[[int], object]) -> None:
    assert steps(lambda: slow(1_600)) < 3 * steps(lambda: slow(800)) + 2_000


def test_the_longest_document_is_131072_characters() -> None:
    statement = (
        '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}'
    )
    longest, longer = (statement + " " * (n - len(statement)) for n in (131_072, 131_073))

    assert validate_policy(longest, PolicyType.IDENTITY).statements
    with pytest.raises(PolicyError):
        validate_policy(longer, PolicyType.IDENTITY)
    assert parse_policy(longer).statements
