"""Documents copied from the course notes: recognised, marked, cleaned and repaired."""

import json
import re

import pytest

from iam.engine import (
    PolicyError,
    PolicyType,
    clean,
    findings,
    parse_policy,
    repair,
    validate_policy,
)

FOURTH = """{
  {
    "Sid": "one",
    "Effect": "Allow",
    "Principal": {
      "AWS":
        "arn:aws:iam::975050059573:root"
    },
    "Action": "sts:AssumeRole",
    "Condition": {}
  },
  {
    "Sid": "two",
    "Effect": "Deny",
    "Principal": {
      "AWS": "arn:aws:iam::975050059573:user/User3"
    },
    "Action": "sts:AssumeRole",
    "Condition": {}
  }
}
"""
GOOD = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "VisualEditor0",
      "Effect": "Allow",
      "Action": "sts:AssumeRole",
      "Resource": "*"
    }
  ]
}
"""
WRAP = (
    "Line 2 starts an object where a key belongs. Put the statements into a list: "
    '"Version": "2012-10-17", "Statement": [ … ]'
)


def numbered(text: str) -> str:
    return "\n".join(f"{i} {line}" for i, line in enumerate(text.splitlines(), 1))


def curled(text: str) -> str:
    return re.sub(r'"([^"\n]*)"', "“\\1”", text)


def hard_spaced(text: str) -> str:
    return text.replace("  ", "\u00a0 ")


COPIES = {
    "numbered": numbered,
    "curled": curled,
    "hard spaced": hard_spaced,
    "numbered and curled": lambda text: numbered(curled(text)),
    "everything": lambda text: hard_spaced(numbered(curled(text))),
    "numbered with a blank line": lambda text: "\n" + numbered(text) + "\n\n",
    "with single quotes": lambda text: text.replace('"', "\u2019"),
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES.keys())
def test_a_copied_document_is_cleaned(copy) -> None:
    cleaned = clean(copy(GOOD))

    assert cleaned is not None
    assert json.loads(cleaned.text) == json.loads(GOOD)
    assert cleaned.sentence.startswith("The document was copied with ")


def test_the_sentence_names_what_was_found() -> None:
    cleaned = clean(numbered(curled(GOOD)))

    assert cleaned is not None
    assert cleaned.sentence == (
        "The document was copied with line numbers and typographic quotes, which are no part of it."
    )


@pytest.mark.parametrize("text", [GOOD, FOURTH, "", "{", "12", "1 {", "[\n1,\n2\n]"])
def test_a_document_that_was_not_copied_is_left_alone(text: str) -> None:
    assert clean(text) is None


def test_typographic_quotes_inside_a_text_are_left_alone() -> None:
    assert clean('{"Id": "it\u2019s “mine”"}') is None


def test_a_copied_document_is_marked_at_what_copying_added() -> None:
    with pytest.raises(PolicyError) as refused:
        parse_policy(curled(GOOD))
    assert (refused.value.line, refused.value.column) == (2, 3)
    assert "typographic quotes" in refused.value.detail


def test_the_notes_fourth_document_is_marked_at_the_inner_brace() -> None:
    with pytest.raises(PolicyError) as refused:
        validate_policy(FOURTH, PolicyType.TRUST)

    assert (refused.value.line, refused.value.column) == (2, 3)
    assert refused.value.message == "This policy contains invalid Json"
    assert refused.value.detail == WRAP


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES.keys())
def test_the_notes_fourth_document_is_repaired_however_it_was_copied(copy) -> None:
    text = copy(FOURTH)
    repaired = repair(text)
    (finding,) = findings(text, PolicyType.TRUST)

    assert repaired is not None
    assert "starts an object where a key belongs" in repaired.sentence
    assert text.splitlines()[finding.line - 1][finding.column - 1] == "{"
    assert finding.message.startswith(repaired.sentence)
    policy = validate_policy(repaired.text, PolicyType.TRUST)
    assert [statement.sid for statement in policy.statements] == ["one", "two"]
    cleaned = clean(text)
    assert cleaned is not None
    again = repair(cleaned.text)
    assert again is not None
    assert again.text == repaired.text


def test_a_repaired_document_keeps_its_version_and_a_trailing_comma_goes() -> None:
    repaired = repair('{"Version": "2012-10-17", {"Effect": "Deny", "Action": "*"},}')

    assert repaired is not None
    assert json.loads(repaired.text) == {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Deny", "Action": "*"}],
    }


@pytest.mark.parametrize(
    "text", [GOOD, "", "{{}}", "{{", '{{"Effect":1}} x', '{{"Effect":1,"Effect":2}}', "{[]}", "{1}"]
)
def test_other_texts_are_not_repaired(text: str) -> None:
    assert repair(text) is None


def test_quotes_that_belong_to_a_text_stay_though_spaces_go() -> None:
    cleaned = clean('{\u00a0"Sid": "“a”"}')

    assert cleaned is not None
    assert cleaned.text == '{ "Sid": "“a”"}\n'
