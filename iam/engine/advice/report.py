"""All findings of a document, in the order of the editor's tabs."""

from collections.abc import Iterator
from typing import Any

from iam.engine.advice.errors import errors
from iam.engine.advice.remark import Finding, Remark, Severity
from iam.engine.advice.security import security
from iam.engine.advice.suggestions import document_suggestions, suggestions
from iam.engine.advice.warnings import document_warnings, warnings
from iam.engine.document import load_typed
from iam.engine.errors import PolicyError
from iam.engine.grammar.common import document_problems, statements_of
from iam.engine.grammar.kinds import kind_problems
from iam.engine.grammar.problem import Problem
from iam.engine.places import Places, line_and_column, scan
from iam.engine.terms import Kind

_RULES = (
    (Severity.SECURITY, security),
    (Severity.ERROR, errors),
    (Severity.WARNING, warnings),
    (Severity.SUGGESTION, suggestions),
)
_ISSUE_CODES = {
    "DUPLICATE_KEY": "JSON_SYNTAX_ERROR",
    "EMPTY_PRINCIPAL": "EMPTY_OBJECT_PRINCIPAL",
    "EMPTY_STATEMENT": "MISSING_STATEMENT",
    "LEGACY_ACCOUNT": "INVALID_ARN_ACCOUNT",
    "LEGACY_ARN": "MISSING_ARN_FIELD",
    "LEGACY_DATE": "TYPE_MISMATCH_DATE",
    "PRINCIPAL_FORMAT": "INVALID_PRINCIPAL_FORMAT",
    "SHARED_PROVIDER": "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL",
    "INVALID_ARN_VENDOR": "WILDCARD_IN_SERVICE_NAME",
    "INVALID_EFFECT_CASE": "INVALID_EFFECT",
    "INVALID_PRINCIPAL": "INVALID_PRINCIPAL_FORMAT",
    "INVALID_SID": "UNSUPPORTED_SID",
    "INVALID_VENDOR": "INVALID_SERVICE_IN_ACTION",
    "MISSING_PREFIX": "INVALID_ACTION",
    "OLD_VERSION": "INVALID_VERSION",
    "POLICY_SIZE": "POLICY_SIZE_EXCEEDED",
    "RCP_SYNTAX": "RCP_SYNTAX_ERROR",
    "TOO_MANY_COLONS": "INVALID_ACTION",
    "TRUST_ACTION": "UNSUPPORTED_ACTION_IN_POLICY",
    "TRUST_NOT_PRINCIPAL": "UNSUPPORTED_ELEMENT_IN_POLICY",
    "TRUST_RESOURCE": "UNSUPPORTED_ELEMENT_IN_POLICY",
}
"""Where one issue code of Access Analyzer stands for several of AWS's sentences."""


def findings(text: str, kind: Kind) -> tuple[Finding, ...]:
    """What the console's editor says of a document of a type; never raises."""
    try:
        document = load_typed(text)
    except PolicyError as error:
        code = _ISSUE_CODES.get(error.issue, error.issue)
        return (Finding(Severity.ERROR, code, error.detail, error.line, error.column),)
    places = scan(text)
    remarks = dict.fromkeys(_remarks(document, kind))
    order = list(Severity)
    found = [_placed(text, places, severity, remark) for severity, remark in remarks]
    return tuple(sorted(found, key=lambda f: (order.index(f.severity), f.line, f.column)))


def _remarks(document: Any, kind: Kind) -> Iterator[tuple[Severity, Remark]]:
    problems = list(document_problems(document))
    yield from (_problem(problem) for problem in problems)
    if any(problem.issue != "ALLOW_WITH_NOT_PRINCIPAL" for problem in problems):
        return
    told = (problem for problem in kind_problems(document, kind) if problem.issue != "LEGACY_DATE")
    yield from map(_problem, told)
    yield from ((Severity.WARNING, remark) for remark in document_warnings(document, kind))
    yield from ((Severity.SUGGESTION, remark) for remark in document_suggestions(document))
    for path, body in statements_of(document):
        for severity, rule in _RULES:
            yield from ((severity, remark) for remark in rule(path, body, kind))


def _problem(problem: Problem) -> tuple[Severity, Remark]:
    code = _ISSUE_CODES.get(problem.issue, problem.issue)
    dangerous = code == "ALLOW_WITH_NOT_PRINCIPAL"
    severity = Severity.SECURITY if dangerous else Severity.ERROR
    return severity, Remark(code, problem.detail, problem.path, problem.key)


def _placed(text: str, places: Places, severity: Severity, remark: Remark) -> Finding:
    line, column = line_and_column(text, places.of(remark.path, key=remark.key))
    return Finding(severity, remark.code, remark.message, line, column)
