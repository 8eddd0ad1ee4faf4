"""Findings that cases as data cannot hold: sizes, what is looked up, and that none is left out."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from iam.engine import PolicyError, PolicyType, Severity, findings, validate_policy
from iam.engine.findings.finding import SENTENCES
from tests.engine.cases_as_data import cases, text_of
from tests.engine.known_facts import KnownFacts

README = Path(__file__).parents[2] / "iam/engine/findings/README.md"
QUOTAS = {
    PolicyType.IDENTITY: (6_144, "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA"),
    PolicyType.BOUNDARY: (6_144, "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA"),
    PolicyType.INLINE: (10_240, "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA"),
    PolicyType.SESSION: (2_048, "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA"),
    PolicyType.TRUST: (2_048, "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA"),
    PolicyType.RESOURCE: (20_480, "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA"),
    PolicyType.SCP: (5_120, "POLICY_SIZE_EXCEEDS_SCP_QUOTA"),
    PolicyType.RCP: (5_120, "POLICY_SIZE_EXCEEDS_RCP_QUOTA"),
}


def of_size(size: int, space: str = "") -> str:
    """A document of so many characters that are not white space."""
    document = {
        "Version": "2012-10-17",
        "Statement": [{"Sid": "x", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}],
    }
    short = json.dumps(document, separators=(",", ":"))
    return space + short.replace('"x"', f'"{"x" * (size - len(short) + 1)}"')


@pytest.mark.parametrize("kind", list(PolicyType))
def test_a_document_over_its_quota_is_refused_without_counting_white_space(
    kind: PolicyType,
) -> None:
    quota, code = QUOTAS[kind]

    assert code in {one.code for one in findings(of_size(quota + 1), kind)}
    assert code not in {one.code for one in findings(of_size(quota, " \n" * 100), kind)}


def test_a_document_too_long_to_read_is_refused_by_its_size() -> None:
    (finding,) = findings(of_size(131_073), PolicyType.IDENTITY)

    assert finding.code == "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA"
    assert finding.message.startswith("The 131073 characters in the identity policy")


def test_the_search_for_suggestions_is_limited() -> None:
    actions = [f"s3:GetObject{i}" for i in range(40)]
    statement = {"Effect": "Deny", "Action": actions, "Resource": "*"}
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})

    messages = [one.message for one in findings(text, PolicyType.IDENTITY, KnownFacts())]
    assert len(messages) == 40
    assert sum("Did you mean" in message for message in messages) == 20


def test_every_check_has_a_case_and_stands_in_the_table() -> None:
    codes = {code.partition(":")[0] for sentences in SENTENCES.values() for code in sentences}
    held = {code for _, case in cases("findings") for code in case["codes"]}
    held |= {code for _, code in QUOTAS.values()}
    table = set(re.findall(r"`([A-Z][A-Z0-9_]{5,})`", README.read_text(encoding="utf-8")))

    assert codes == held
    assert codes <= table


def test_a_code_has_one_severity() -> None:
    assert sum(map(len, SENTENCES.values())) == len(
        {code for sentences in SENTENCES.values() for code in sentences}
    )
    assert set(SENTENCES) == set(Severity)


def stretched(value: Any) -> Iterator[Any]:
    """A JSON value with one of its texts or keys made long, each in turn."""
    if isinstance(value, str):
        yield value + "x" * 3_000
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from ([*value[:place], long, *value[place + 1 :]] for long in stretched(one))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from ({**value, key: long} for long in stretched(one))
            yield {(k + "x" * 3_000 if k == key else k): v for k, v in value.items()}


def said_of(text: str, kind: PolicyType) -> Iterator[str]:
    yield from (finding.message for finding in findings(text, kind, KnownFacts()))
    try:
        validate_policy(text, kind)
    except PolicyError as refused:
        yield from (refused.message, refused.detail)


@pytest.mark.parametrize("shape", ["grammar", "findings"])
def test_no_sentence_repeats_a_long_value_whole(shape: str) -> None:
    for _, case in cases(shape):
        try:
            document = json.loads(text_of(case))
        except json.JSONDecodeError:
            continue
        for long in stretched(document):
            assert (
                max(map(len, said_of(json.dumps(long), PolicyType(case["kind"]))), default=0) < 900
            )


def test_a_key_that_is_there_twice_is_not_repeated_whole() -> None:
    text = '{"%s": 1, "%s": 2}' % (("x" * 3_000,) * 2)
    assert max(map(len, said_of(text, PolicyType.TRUST))) < 900
