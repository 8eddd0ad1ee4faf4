"""What a policy asks about, where its statements stand, and values that come with a type."""

import json
from typing import Any

import pytest

from iam.engine import (
    PolicyError,
    Principal,
    Request,
    SharedContext,
    context_keys,
    expected_format,
    statement_spans,
    typed_value,
)


def statement(**elements: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", **elements}


def policy(*statements: dict[str, Any], version: str = "2012-10-17") -> str:
    return json.dumps({"Version": version, "Statement": list(statements)})


def test_a_context_that_others_share_says_what_its_keys_would_say_alone() -> None:
    shared = SharedContext({"aws:SourceIp": "203.0.113.7", "aws:TagKeys": ("team", "cost")})
    own = {"AWS:sourceip": "198.51.100.1", "s3:prefix": "reports/"}  # the last one counts
    together, alone = SharedContext(own, shared), {**shared, **own}
    asked, plain = (
        Request(Principal("user"), "s3:ListBucket", "*", context=one) for one in (together, alone)
    )
    assert together == alone
    assert asked.keys == plain.keys
    assert asked.keys["aws:sourceip"] == ("198.51.100.1",)
    assert asked.longest >= plain.longest
    assert shared.lowered == {"aws:sourceip": ("203.0.113.7",), "aws:tagkeys": ("team", "cost")}


def test_the_keys_of_conditions_and_of_variables_are_found_once() -> None:
    text = policy(
        statement(
            Resource="arn:aws:s3:::home/${aws:username}/${ aws:PrincipalTag/team , 'none' }",
            Condition={
                "StringEquals": {"aws:SourceIp": "${aws:userid}", "AWS:USERNAME": ["a", "${*}"]},
                "Null": {"sts:ExternalId": "true"},
            },
        )
    )
    assert context_keys(text) == (
        "aws:SourceIp",
        "aws:userid",
        "AWS:USERNAME",
        "sts:ExternalId",
        "aws:PrincipalTag/team",
    )


def test_an_old_version_has_no_variables() -> None:
    elements = {
        "Resource": "arn:aws:s3:::${aws:username}",
        "Condition": {"StringEquals": {"aws:userid": "${aws:username}"}},
    }
    text = policy(statement(**elements), version="2008-10-17")
    assert context_keys(text) == ("aws:userid",)


def test_only_the_keys_of_statements_about_an_action_are_asked_for() -> None:
    text = policy(
        statement(Action="s3:*", Condition={"StringEquals": {"s3:prefix": "a"}}),
        statement(Action="sts:Assume*", Condition={"StringEquals": {"aws:userid": "a"}}),
        statement(Action="*", Condition={"Bool": {"aws:SecureTransport": "true"}}),
    )
    assert context_keys(text, "sts:assumerole") == ("aws:userid", "aws:SecureTransport")


def test_a_text_that_is_no_policy_has_no_keys() -> None:
    with pytest.raises(PolicyError):
        context_keys('{"Statement": 1}')


@pytest.mark.parametrize("line", ["${" * 5000, "${a" + " " * 60_000, "${a,'" * 5000])
def test_no_text_takes_long_to_search_for_variables(line: str) -> None:
    assert context_keys(policy(statement(Resource="arn:aws:s3:::" + line))) == ()


ONE_LINE = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'


def test_a_statement_has_the_place_that_aws_gives_it() -> None:
    """Columns 38 and 84 are those of the example in the API reference."""
    (span,) = statement_spans(ONE_LINE)
    assert (span.start_line, span.start_column, span.end_line, span.end_column) == (1, 38, 1, 84)


def test_every_span_holds_its_statement() -> None:
    statements = [statement(Sid=f"S{n}") for n in range(3)]
    text = json.dumps({"Version": "2012-10-17", "Statement": statements}, indent=2)
    lines = text.splitlines()
    spans = statement_spans(text)
    assert len(spans) == 3
    for span, found in zip(spans, statements, strict=True):
        held = lines[span.start_line - 1 : span.end_line]
        held[-1] = held[-1][: span.end_column - 1]
        held[0] = held[0][span.start_column - 1 :]
        assert json.loads("\n".join(held)) == found


def test_a_single_statement_needs_no_list() -> None:
    text = json.dumps({"Statement": statement()}, indent=2)
    (span,) = statement_spans(text)
    assert (span.start_line, span.start_column) == (2, 16)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("numeric", "01.00", ""),
        ("numeric", "1e9999", ""),
        ("numeric", " 1 ", "numeric format"),
        ("numeric", "0x10", "numeric format"),
        ("numericList", "NaN", "numeric format"),
        ("date", "2035", ""),
        ("dateList", "2026-05-28T12:00:00Z", ""),
        ("date", "tomorrow", "DateTime format"),
        ("ip", "203.0.113.7", ""),
        ("ipList", "2001:db8::1", ""),
        ("ip", "999.0.0.1", "IP address"),
        ("binary", "YWJj", ""),
        ("binaryList", "!base64", "base-64 encoded binary format"),
        ("boolean", "yes", ""),
        ("stringList", "", ""),
    ],
)
def test_a_typed_value_must_have_its_format(kind: str, value: str, expected: str) -> None:
    assert expected_format(kind, value) == expected


def test_whatever_is_not_true_is_false() -> None:
    assert [typed_value("boolean", value) for value in ("TRUE", "true", "yes", "1")] == [
        "true",
        "true",
        "false",
        "false",
    ]
    assert typed_value("string", "TRUE") == "TRUE"
