"""Documents that are nearly right, and the longest ones: an answer, never a crash or an allow."""

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iam.engine import (
    LayeredPolicies,
    PolicyError,
    PolicySource,
    PolicyType,
    Request,
    decide,
    findings,
    parse_policy,
    validate_policy,
)
from iam.engine.evaluation import evaluate_text
from iam.engine.findings import redundancy
from iam.engine.matching import patterns, wildcards
from iam.engine.matching.patterns import parse, resolve
from tests.engine.documents import ACCOUNT, USER, statements
from tests.engine.known_facts import KnownFacts
from tests.engine.steps import steps

ALLOW = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
KINDS = st.sampled_from(list(PolicyType))
LONG_TEXT = 30_000


@st.composite
def nearly(draw: st.DrawFn, text: str) -> bytes:
    """Some bytes of a text taken out, put in or changed."""
    data = bytearray(text.encode())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        what = draw(st.binary(max_size=2) | st.sampled_from([b'"', b"{", b"]", b",", b"\\", b"*"]))
        data[at : at + draw(st.integers(0, 3))] = what
    return bytes(data)


@given(nearly(ALLOW))
@example(ALLOW.encode())
@example(b"\xff\xfe" + ALLOW.encode("utf-16-le"))
def test_a_document_that_cannot_be_read_allows_nothing(data: bytes) -> None:
    document = data.decode("utf-8", "surrogateescape")
    line = {"principal": USER.arn, "action": "s3:GetObject", "identityPolicies": [document]}
    answer = json.loads(evaluate_text(json.dumps(line)))

    try:
        policy = parse_policy(document)
    except PolicyError:
        assert answer["error"]["code"] == "MalformedPolicyDocument"
        return
    asked = Request(USER, "s3:GetObject", "*", ACCOUNT)
    decided = decide(asked, LayeredPolicies(identity=(PolicySource(policy, "p"),)))
    assert answer["decision"] == decided.verdict.value


_words = st.sampled_from(
    ["Version", "Statement", "Effect", "Action", "NotAction", "Resource", "NotResource", "Sid",
     "Principal", "NotPrincipal", "Condition", "AWS", "Service", "Federated", "StringLike", "Null",
     "NullIfExists", "Bool", "IpAddress", "DateLessThan", "ForAllValues:ArnLike", "aws:SourceIp",
     "aws:ResourceTag/x", "s3:prefix", "aws:userid", "Id", "odd"]
)  # fmt: skip
_texts = st.text(max_size=6) | st.sampled_from(
    ["*", "Allow", "Deny", "2012-10-17", "iam:PassRole", "s3:GetObjet", "sts:*", "${aws:x, y}",
     "arn:aws:iam::1:role/x", "arn:aws:s3:eu-west-1::b", "AIDAX", "10.0.0.0/8", "x.amazonaws.com"]
)  # fmt: skip
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=4),
    max_leaves=20,
)
_bodies = st.fixed_dictionaries(
    {"Effect": st.sampled_from(["Allow", "Deny", "allow"])},
    optional={
        name: _texts | st.lists(_texts, max_size=3)
        for name in ("Sid", "Action", "NotAction", "Resource", "NotResource")
    }
    | {
        "Principal": _texts | st.dictionaries(_words, _texts | st.lists(_texts), max_size=2),
        "Condition": st.dictionaries(
            _words, st.dictionaries(_words, _texts | st.booleans() | st.lists(_texts)), max_size=2
        ),
    },
)


@given(_values | st.builds(lambda bodies: {"Statement": bodies}, st.lists(_bodies)), KINDS)
def test_any_document_has_findings_and_is_saved_or_refused(document: Any, kind: PolicyType) -> None:
    text = json.dumps(document)
    found = findings(text, kind, KnownFacts(), "AWS::S3::Bucket")

    assert all(one.message and "{" + one.code not in one.message for one in found)
    refused = refusal(text, kind)
    assert refused is None or (refused.message and found), "what is refused is told in the editor"


def refusal(text: str, kind: PolicyType) -> PolicyError | None:
    """What keeps a document from being saved."""
    try:
        validate_policy(text, kind)
    except PolicyError as refused:
        return refused
    return None


@given(st.lists(statements(resource_policy=True), min_size=1, max_size=3), KINDS)
def test_findings_do_not_depend_on_the_layout(bodies: list[Any], kind: PolicyType) -> None:
    document = {"Version": "2012-10-17", "Statement": bodies}
    told = [
        [(one.severity, one.code, one.message) for one in findings(text, kind, KnownFacts())]
        for text in (json.dumps(document), json.dumps(document, indent=4))
    ]

    assert sorted(told[0]) == sorted(told[1])


def statement(**elements: Any) -> str:
    body = {"Effect": "Deny", "Action": "s3:*", "Resource": "*", **elements}
    return json.dumps({"Version": "2012-10-17", "Statement": [body]})


LONG = {
    "stars in an action": lambda n: statement(Action="s3:" + "*a" * (n // 2)),
    "stars in a resource": lambda n: statement(Resource="arn:aws:s3:::" + "*a" * (n // 2)),
    "question marks in a resource": lambda n: statement(Resource="arn:aws:s3:::" + "*?" * (n // 2)),
    "variables": lambda n: statement(Resource="arn:aws:s3:::" + "${a:b}" * (n // 6)),
    "open variables": lambda n: statement(Resource="arn:aws:s3:::" + "${" * (n // 2)),
    "defaults": lambda n: statement(Resource="arn:aws:s3:::" + "${a:b, '" * (n // 9)),
    "stars in a condition": lambda n: statement(Condition={"StringLike": {"a:b": "*a" * (n // 2)}}),
    "an ARN of colons": lambda n: statement(Condition={"ArnLike": {"a:b": ":" * n}}),
    "a number": lambda n: statement(Condition={"NumericEquals": {"a:b": "1" * n}}),
    "a date": lambda n: statement(Condition={"DateEquals": {"a:b": "1-" * (n // 2)}}),
    "an address": lambda n: statement(Condition={"IpAddress": {"a:b": "1." * (n // 2)}}),
    "many values": lambda n: statement(Condition={"StringEquals": {"a:b": ["x"] * (n // 6)}}),
    "many actions": lambda n: statement(Action=[f"s3:A{i}*" for i in range(n // 15)]),
    "many unknown services": lambda n: statement(Action=[f"s{i}:A" for i in range(n // 15)]),
    "many resources": lambda n: statement(Resource=[f"arn:aws:s3:::{i}*" for i in range(n // 28)]),
    "many keys": lambda n: statement(
        Condition={"StringEquals": {f"a:{i}": "x" for i in range(n // 20)}}
    ),
    "many operators": lambda n: statement(Condition={f"Odd{i}": {} for i in range(n // 20)}),
    "many principals": lambda n: statement(Principal={"AWS": ["1" * 12] * (n // 18)}),
    "many statements": lambda n: json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Sid": "", "Effect": "Deny"}] * (n // 32)}
    ),
    "a long Sid": lambda n: statement(Sid="x" * n),
    "a deep condition": lambda n: statement(Condition="x").replace('"x"', "[" * n),
}


def evaluated(text: str, length: int) -> None:
    """Read a document, and decide requests as long by it."""
    for kind in (PolicyType.IDENTITY, PolicyType.TRUST):
        findings(text, kind, KnownFacts())
    try:
        policy = parse_policy.__wrapped__(text)
    except PolicyError:
        return
    value = "a" * length
    context: dict[str, str | tuple[str, ...]] = {"a:b": value}
    for action, resource in (("s3:" + value, "*"), ("s3:x", "arn:aws:s3:::" + value)):
        asked = Request(USER, action, resource, ACCOUNT, context)
        assert not decide(asked, LayeredPolicies(identity=(PolicySource(policy, "p"),))).allowed


@pytest.mark.parametrize("make", LONG.values(), ids=LONG.keys())
def test_twice_the_document_takes_at_most_about_twice_the_steps(
    make: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # So many values are compared with each other, and no more: reached by both texts.
    monkeypatch.setattr(redundancy, "MOST_COMPARED", 8)
    once, twice = make(700), make(1_400)

    assert steps(lambda: evaluated(twice, 1_400)) < 3 * steps(lambda: evaluated(once, 700)) + 2_000


@pytest.mark.parametrize("make", LONG.values(), ids=LONG.keys())
def test_a_long_document_is_answered(make: Callable[[int], str]) -> None:
    evaluated(make(LONG_TEXT), LONG_TEXT)


def test_a_pattern_grows_by_its_variables_only_as_long_as_the_value() -> None:
    parts = parse("${a:b}" * 1_000, variables=True)
    keys = {"a:b": ("x" * 1_000,)}

    assert resolve(parts, keys, most=999_999) is None
    assert steps(lambda: resolve(parts, keys, most=1_500)) < 30


def test_no_pattern_is_left_to_a_backtracking_engine() -> None:
    for module in (patterns, wildcards):
        assert not {"fullmatch", "search", "match"} & set(names_called(module)), module.__name__


def names_called(module: ModuleType) -> Iterator[str]:
    """The names of attributes that a module's code looks up, but for the search of a variable."""
    tree = ast.parse(Path(str(module.__file__)).read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) != "_VARIABLE.search":
            yield node.attr
