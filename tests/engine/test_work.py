"""The work of a decision: what `work_of` says beforehand, beside the lines that run."""

import json
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from iam.engine import LayeredPolicies, PolicySource, Request, decide, parse_policy, work_of
from iam.engine.document.places import scan
from iam.engine.matching.wildcards import ANY, Chunk
from tests.engine.documents import ACCOUNT, USER
from tests.engine.steps import steps

LONG = "arn:aws:s3:::b/" + "a" * 2_000


def _policies(**statement: object) -> LayeredPolicies:
    whole = {"Effect": "Allow", "Action": "s3:*", "Resource": "*", **statement}
    text = json.dumps({"Version": "2012-10-17", "Statement": [whole]})
    return LayeredPolicies(identity=(PolicySource(parse_policy(text), "p"),))


def _asked(
    resource: str = LONG, context: dict[str, str | tuple[str, ...]] | None = None
) -> Request:
    return Request(USER, "s3:GetObject", resource, ACCOUNT, context or {})


def _patterns(count: int) -> list[str]:
    return [f"*{number}?{number}*" for number in range(count)]


def _of_resources(count: int) -> tuple[Request, LayeredPolicies]:
    return _asked(), _policies(Resource=[f"arn:aws:s3:::{one}" for one in _patterns(count)])


def _of_conditions(count: int) -> tuple[Request, LayeredPolicies]:
    condition = {"ForAnyValue:StringLike": {"s3:prefix": _patterns(count)}}
    prefixes = tuple("a" * 20 + str(number) for number in range(100))
    return _asked(context={"s3:prefix": prefixes}), _policies(Condition=condition)


def _of_actions(count: int) -> tuple[Request, LayeredPolicies]:
    return _asked(), _policies(Action=[f"s3:{one}" for one in _patterns(count)])


def _of_variables(count: int) -> tuple[Request, LayeredPolicies]:
    named = [f"arn:aws:s3:::${{aws:username}}{number}*" for number in range(count)]
    return _asked(context={"aws:username": "anna"}), _policies(Resource=named)


def test_no_decision_does_more_than_was_said():
    for make in (_of_resources, _of_conditions, _of_actions, _of_variables):
        request, policies = make(300)
        said = work_of(request, policies)
        assert steps(partial(decide, request, policies)) < said, make


def test_work_is_patterns_times_characters():
    for make in (_of_resources, _of_conditions, _of_variables):
        assert 1.9 < work_of(*make(600)) / work_of(*make(300)) < 2.1, make
    (_, policies), short = _of_resources(300), _asked("arn:aws:s3:::b/a")
    assert work_of(_asked(), policies) > 30 * work_of(short, policies)


def test_the_actions_of_a_policy_are_compared_once():
    request, policies = _of_actions(301)  # another text than any test's: policies are kept
    first = work_of(request, policies)
    decide(request, policies)
    assert work_of(request, policies) < first / 10


def test_white_space_after_a_document_is_read_once():
    places = scan('{"Statement": []}' + " " * 1_000_000)  # for hours, if each were begun with
    assert places.of(("Statement",)) == 14


_ANY_PIECE = st.sampled_from([ANY, "a", "b", "ab", "é", "\U0001f600"])
_PIECES = st.lists(_ANY_PIECE, min_size=2, max_size=6)


@given(_PIECES, st.text("abé\U0001f600", max_size=12))
def test_a_short_chunk_is_found_where_a_long_one_would_be(pieces: list[str | None], value: str):
    chunk = Chunk(pieces)
    if chunk.is_literal or all(piece is ANY for piece in pieces):
        return
    fits = {
        place
        for place in range(len(value) - chunk.length + 1)
        if Chunk(pieces).begins(value[place : place + chunk.length])
    }
    assert chunk.find(value, 0, len(value)) == min(fits, default=-1)
    whole = [*pieces, "x" * 256]
    assert Chunk(whole).find(value + "x" * 256, 0, len(value) + 256) == (
        len(value) - chunk.length if len(value) - chunk.length in fits else -1
    )
