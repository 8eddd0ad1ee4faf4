"""All findings of a document, in the order of the editor's tabs."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from iam.engine.document.json_text import load_typed
from iam.engine.document.places import LineIndex, Path, Places, scan
from iam.engine.errors import PolicyError
from iam.engine.findings import (
    actions,
    arns,
    breadth,
    emptiness,
    keys,
    operators,
    organizations,
    principals,
    private_addresses,
    redundancy,
    services,
    trust,
    values,
    variables,
    whole_document,
    wide_grants,
)
from iam.engine.findings.facts import Facts
from iam.engine.findings.finding import Finding, Severity, UnplacedFinding
from iam.engine.findings.refusals import refusal_finding, syntax_finding
from iam.engine.findings.statement_reading import StatementReading
from iam.engine.grammar.every_type import OLDEST, document_problems, statements_of
from iam.engine.grammar.policy_types import policy_type_problems
from iam.engine.terms import PolicyType

_SHAPELESS = {"DATA_TYPE_MISMATCH", "MISSING_STATEMENT", "PRINCIPAL_FORMAT"}
"""Problems after which the rules have nothing to read."""
_RULES = (
    actions, arns, breadth, emptiness, keys, operators, organizations, principals,
    private_addresses, redundancy, services, trust, values, wide_grants,
)  # fmt: skip


def findings(
    text: str, policy_type: PolicyType, facts: Facts | None = None, resource_type: str = ""
) -> tuple[Finding, ...]:
    """Return the editor's findings about a document of a type; never raises.

    `facts` know which actions, keys and ARNs exist; `resource_type` what a resource policy is
    attached to, such as `AWS::S3::Bucket`.
    """
    try:
        document = load_typed(text)
    except PolicyError as error:
        return _unread(error, text, policy_type)
    places = scan(text)
    by_place: dict[tuple[str, Path], UnplacedFinding] = {}
    for one in _remarks(
        text, document, StatementReading((), {}, policy_type, facts, resource_type)
    ):
        by_place.setdefault((one.code, one.path), one)
    order = list(Severity)
    lines = LineIndex(text)
    found = [_placed(lines, places, one) for one in by_place.values()]
    return tuple(sorted(found, key=lambda f: (order.index(f.severity), f.line, f.column)))


def _unread(error: PolicyError, text: str, policy_type: PolicyType) -> tuple[Finding, ...]:
    """Return the finding of a text that is no JSON, or longer than AWS reads at all."""
    too_long = error.issue == "POLICY_SIZE"
    found = (
        whole_document.size_findings(text, policy_type)
        if too_long
        else iter([syntax_finding(error, text)])
    )
    line, column = error.line, error.column
    offset = sum(len(one) + 1 for one in text.split("\n")[: line - 1]) + column - 1
    return tuple(
        Finding(one.severity, one.code, one.message, line, column, one.details, offset=offset)
        for one in found
    )


def _remarks(text: str, document: Any, around: StatementReading) -> Iterator[UnplacedFinding]:
    policy_type = around.policy_type
    problems = list(document_problems(document))
    readable = not any(problem.issue in _SHAPELESS for problem in problems)
    if readable:
        problems += policy_type_problems(document, policy_type)
    yield from (refusal_finding(problem, document, policy_type) for problem in problems)
    yield from whole_document.size_findings(text, policy_type)
    if not readable:
        return
    yield from whole_document.document_findings(document, policy_type)
    yield from redundancy.document_findings(document)
    for path, body in statements_of(document):
        statement = replace(around, path=path, body=body)
        yield from variables.statement_findings(statement, document.get("Version", OLDEST))
        for rule in _RULES:
            yield from rule.statement_findings(statement)


def _placed(lines: LineIndex, places: Places, one: UnplacedFinding) -> Finding:
    offset = places.of(one.path, key=one.at_key)
    line, column = lines.of(offset)
    return Finding(
        one.severity, one.code, one.message, line, column, one.details, one.path, one.at_key, offset
    )
