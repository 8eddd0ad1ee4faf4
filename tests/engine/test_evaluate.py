"""`manage.py evaluate`: the contract of the design, line by line."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command

from iam.engine.evaluation import evaluate_line, evaluate_text

ALLOW = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}
LINE: dict[str, Any] = {
    "principal": "arn:aws:iam::111122223333:user/u",
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::b/k",
    "resourceAccount": "111122223333",
    "context": {"aws:username": "u", "aws:TagKeys": ["a", "b"], "a:n": 5, "a:b": True, "a:c": None},
    "identityPolicies": [ALLOW],
}


def test_an_answer_has_the_shape_of_the_contract() -> None:
    denying = {"Sid": "No", "Effect": "Deny", "Action": "s3:*", "Resource": "*", "Principal": "*"}
    policy = {"Version": "2012-10-17", "Statement": [denying]}

    assert evaluate_line({**LINE, "resourcePolicy": policy}) == {
        "decision": "explicitDeny",
        "message": "User: arn:aws:iam::111122223333:user/u is not authorized to perform: "
        "s3:GetObject on resource: arn:aws:s3:::b/k with an explicit deny in a resource-based "
        "policy",
        "checks": [
            {
                "type": "RESOURCE",
                "effect": "EXPLICIT_DENY",
                "statements": [{"policy": "resourcePolicy", "sid": "No", "effect": "Deny"}],
            },
            {
                "type": "PRINCIPAL",
                "effect": "ALLOW",
                "statements": [{"policy": "identityPolicies[0]", "sid": 0, "effect": "Allow"}],
            },
        ],
    }


def test_a_document_may_be_given_as_text() -> None:
    assert evaluate_line({**LINE, "identityPolicies": [json.dumps(ALLOW)]})["decision"] == "allowed"


def test_levels_are_named_by_their_place() -> None:
    answer = evaluate_line({**LINE, "serviceControlPolicies": [[ALLOW], [ALLOW, ALLOW]]})

    assert [one["policy"] for one in answer["checks"][0]["statements"]] == [
        "serviceControlPolicies[0][0]",
        "serviceControlPolicies[1][0]",
        "serviceControlPolicies[1][1]",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"principal": None},
        {"principal": "nobody"},
        {"principal": "arn:aws:iam::111122223333:user"},
        {"principal": "arn:aws:sts::111122223333:assumed-role/R"},
        {"action": ""},
        {"resource": 5},
        {"context": "x"},
        {"context": {"a:b": {}}},
        {"serviceControlPolicies": [ALLOW]},
    ],
)
def test_a_malformed_request_is_answered_with_an_error(change: dict[str, Any]) -> None:
    assert evaluate_line({**LINE, **change})["error"]["code"] == "ValidationError"


@pytest.mark.parametrize("line", ["", "x", "[]", "5", b"\xff", "[" * 60_000])
def test_a_line_that_is_no_object_is_answered_as_an_error(line: str | bytes) -> None:
    assert json.loads(evaluate_text(line))["error"]["code"] == "ValidationError"


def test_a_document_that_the_grammar_refuses_is_answered_as_an_error() -> None:
    answer = evaluate_line({**LINE, "identityPolicies": [{"Statement": [{"Effect": "Allow"}]}]})

    assert answer == {
        "error": {
            "code": "MalformedPolicyDocument",
            "message": "Policy statement must contain actions.",
        }
    }


def test_a_duplicate_key_is_answered_as_an_error() -> None:
    answer = json.loads(evaluate_text('{"identityPolicies": [{"Version": "a", "Version": "b"}]}'))

    assert answer["error"]["code"] == "MalformedPolicyDocument"


def test_a_document_nested_too_deeply_is_answered_as_an_error() -> None:
    document: Any = {}
    for _ in range(20_000):
        document = [document]

    answer = evaluate_line({**LINE, "identityPolicies": [document]})
    assert answer["error"]["code"] == "MalformedPolicyDocument"


def test_the_command_answers_each_line(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = io.TextIOWrapper(io.BytesIO(f"{json.dumps(LINE)}\n\nx\n".encode()))
    monkeypatch.setattr("sys.stdin", lines)
    answered = io.StringIO()

    call_command("evaluate", stdout=answered)

    first, second = map(json.loads, answered.getvalue().splitlines())
    assert first["decision"] == "allowed"
    assert second["error"]["code"] == "ValidationError"
