"""What keeps a text from being JSON is said in words, not in Python's."""

import json

import pytest

from iam.engine import PolicyError, PolicyType, validate_policy

_PYTHONS = ("Expecting", "Unterminated", "Invalid control", "Extra data", "Illegal", "delimiter")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "A key in double quotes is missing here"),
        ('{"a" 1}', "A colon is missing after the key"),
        ('{"a": }', "A value is missing here"),
        ('{"a": 1 "b": 2}', "A comma or a closing bracket is missing here"),
        ('{"a": "b', "The closing quotation mark of a text is missing"),
        ('{"a": "b\nc"}', "A text contains a line break or a tab"),
        ('{"a": "\\x"}', "A backslash stands before a character that it cannot escape"),
        ('{"a": 1}}', "The document ends before this place"),
    ],
)
def test_a_mistake_is_said_in_words(text: str, sentence: str) -> None:
    with pytest.raises(PolicyError) as caught:
        validate_policy(text, PolicyType.IDENTITY)
    assert caught.value.detail == sentence


def test_no_words_of_python_are_left() -> None:
    whole = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:*"]}]}'
    for place in range(len(whole)):
        for typed in ("", "\n", "\t", '"', "\\", ",", "}", "]", ":"):
            text = whole[:place] + typed + whole[place + 1 :]
            try:
                json.loads(text)
            except json.JSONDecodeError:
                with pytest.raises(PolicyError) as caught:
                    validate_policy(text, PolicyType.IDENTITY)
                assert not caught.value.detail.startswith(_PYTHONS), text
