"""The engine's behaviour as data: every case of `cases/`, each citing its rule."""

import json
from collections import Counter

import pytest

from iam.engine import PolicyError, PolicyType, findings, validate_policy
from iam.engine.evaluation import evaluate_line
from tests.engine.cases_as_data import Case, cases, text_of
from tests.engine.known_facts import KnownFacts

FLOW = ["RCP", "SCP", "RESOURCE", "PRINCIPAL", "PERMISSIONS_BOUNDARY", "SESSION"]


def of_shape(shape: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "case", [pytest.param(case, id=name) for name, case in cases(shape)]
    )


@of_shape("request")
def test_a_request_is_decided_as_documented(case: Case) -> None:
    answer = evaluate_line(case)

    assert answer.get("decision") == case["decision"], answer
    effects = {check["type"]: check["effect"] for check in answer["checks"]}
    assert effects.items() >= case.get("checks", {}).items()
    if "layer" in case:
        assert deciding(answer["decision"], effects, case["layer"])
    if "message" in case:
        assert answer["message"] == case["message"]
    assert answer["message"].endswith(case.get("message_ends", ""))
    assert answer["message"].startswith(case.get("message_starts", ""))


@of_shape("grammar")
def test_a_document_is_accepted_or_refused_with_awss_sentence(case: Case) -> None:
    text = text_of(case)
    if "message" not in case:
        assert validate_policy(text, PolicyType(case["kind"])).statements
        return
    with pytest.raises(PolicyError) as refused:
        validate_policy(text, PolicyType(case["kind"]))
    assert refused.value.message == case["message"]
    assert refused.value.code == "MalformedPolicyDocument"
    if "at" in case:
        assert [refused.value.line, refused.value.column] == case["at"]


@of_shape("findings")
def test_a_document_has_the_findings_of_the_editor(case: Case) -> None:
    facts = KnownFacts() if case.get("facts") else None
    found = findings(text_of(case), PolicyType(case["kind"]), facts, case.get("resource_type", ""))

    assert [finding.code for finding in found] == case["codes"], found
    if "at" in case:
        assert [found[0].line, found[0].column] == case["at"]
    if "message" in case:
        assert found[0].message == case["message"]


def test_there_are_as_many_cases_as_the_engine_is_trusted_for() -> None:
    decisions = list(cases("request"))
    every = [*decisions, *cases("grammar"), *cases("findings")]

    assert len(decisions) >= 1_000
    assert len(every) >= 1_400
    assert len({name for name, _ in every}) == len(every)


def test_no_two_cases_ask_the_same() -> None:
    asked = [
        {key: value for key, value in case.items() if key != "name"}
        for shape in ("request", "grammar", "findings")
        for _, case in cases(shape)
    ]

    told = [json.dumps(case, sort_keys=True) for case in asked]
    assert [case for case, times in Counter(told).items() if times > 1] == []


def deciding(decision: str, effects: dict[str, str], layer: str) -> bool:
    """Whether the checks show that a layer decided."""
    wanted = {"allowed": "ALLOW", "explicitDeny": "EXPLICIT_DENY", "implicitDeny": "IMPLICIT_DENY"}
    if decision == "explicitDeny":
        return next(name for name in FLOW if effects.get(name) == wanted[decision]) == layer
    if decision == "allowed" and layer == "PRINCIPAL" and "PRINCIPAL" not in effects:
        return effects["RESOURCE"] == "ALLOW"
    return effects[layer] == wanted[decision]
