"""The lines of a policy that a page shows: a statement, with what keeps it from applying marked."""

import json

import pytest

from iam.engine import (
    Layer,
    LayeredPolicies,
    PolicyExcerpts,
    PolicySource,
    Principal,
    Request,
    explain,
    parse_policy,
)
from tests.engine.documents import ACCOUNT

ANN = Principal("user", ACCOUNT, f"arn:aws:iam::{ACCOUNT}:user/ann", "AIDAANN")
READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*"}
IN_REGION = {"StringEquals": {"aws:RequestedRegion": ["eu-west-1"]}}


def marked(statements: object, *, indent: int | None = 2) -> list[str]:
    """Return the marked lines of the only statement that does not apply to a call of ann's."""
    text = json.dumps({"Version": "2012-10-17", "Statement": statements}, indent=indent)
    request = Request(ANN, "s3:GetObject", "arn:aws:s3:::b/x", ACCOUNT)
    own = PolicySource(parse_policy(text), "own")
    (check,) = explain(request, LayeredPolicies(identity=(own,))).checks
    assert check.layer is Layer.PRINCIPAL
    ref = next(ref for ref in check.statements if not ref.applied)
    lines = PolicyExcerpts(text).of(ref.index, ref.obstacle)
    return [line.text.strip() for line in lines if line.marked]


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (READ, ['"Resource": "arn:aws:s3:::a/*"']),
        ({**READ, "Action": "s3:PutObject"}, ['"Action": "s3:PutObject",']),
        (
            {**READ, "Action": ["s3:PutObject", "s3:List*"]},
            ['"Action": [', '"s3:PutObject",', '"s3:List*"', "],"],
        ),
        (
            {**READ, "Resource": "*", "Condition": {"stringEQUALS": IN_REGION["StringEquals"]}},
            ['"aws:RequestedRegion": [', '"eu-west-1"', "]"],
        ),
    ],
)
@pytest.mark.parametrize("indent", [2, None])
def test_the_line_that_keeps_a_statement_from_applying_is_marked(
    statement: dict[str, object], lines: list[str], indent: int | None
) -> None:
    assert marked([statement], indent=indent) == lines
    assert marked(statement, indent=indent) == lines


def test_a_long_statement_is_cut_to_its_ends_and_what_is_marked() -> None:
    many = [f"s3:Get{number}" for number in range(500)]
    text = json.dumps({"Statement": [{**READ, "Action": many}]}, indent=2)
    lines = PolicyExcerpts(text).of(0)
    assert len(lines) == 24
    assert [line.number for line in lines] == list(range(3, 27))
    assert not any(line.gap for line in lines)
