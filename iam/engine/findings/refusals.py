"""Findings of the grammar's problems."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from iam.arns import ACCOUNT, PARTITION, PREFIX, SERVICE, split_arn
from iam.engine.document.places import Path
from iam.engine.errors import PolicyError
from iam.engine.findings.finding import UnplacedFinding, finding_with_words
from iam.engine.findings.statement_reading import is_wild
from iam.engine.grammar.every_type import PRINCIPAL_TYPES
from iam.engine.grammar.problem import Problem
from iam.engine.grammar.shared_providers import GITHUB
from iam.engine.terms import PolicyType

_TRUST_TYPE = "AWS::IAM::AssumeRolePolicyDocument"
_CODES = {
    "DUPLICATE_KEY": "JSON_SYNTAX_ERROR",
    "EMPTY_STATEMENT": "MISSING_STATEMENT",
    "INVALID_EFFECT_CASE": "INVALID_EFFECT",
    "INVALID_SID": "UNSUPPORTED_SID",
    "INVALID_VENDOR": "INVALID_SERVICE_IN_ACTION",
    "LEGACY_ACCOUNT": "INVALID_ARN_ACCOUNT",
    "LEGACY_ARN": "MISSING_ARN_FIELD",
    "LEGACY_DATE": "TYPE_MISMATCH_DATE",
    "MISSING_PREFIX": "INVALID_ACTION",
    "OLD_VERSION": "INVALID_VERSION:old",
    "PRINCIPAL_FORMAT": "INVALID_PRINCIPAL_FORMAT",
    "RCP_ACTION": "RCP_SYNTAX_ERROR_ACTION",
    "RCP_ALLOW": "RCP_SYNTAX_ERROR_ALLOW",
    "RCP_NOTACTION": "RCP_SYNTAX_ERROR_NOTACTION",
    "RCP_PRINCIPAL": "RCP_SYNTAX_ERROR_PRINCIPAL",
    "TOO_MANY_COLONS": "INVALID_ACTION",
    "TRUST_ACTION": "UNSUPPORTED_ACTION_IN_POLICY",
    "TRUST_NOT_PRINCIPAL": "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL",
    "TRUST_RESOURCE": "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE",
}
"""Access Analyzer's issue code where our grammar's differs."""


def syntax_finding(error: PolicyError, text: str) -> UnplacedFinding:
    """Return the finding of a text that cannot be parsed."""
    lines = text.split("\n")[: error.line - 1]
    index = sum(len(line) + 1 for line in lines) + error.column - 1
    where = {"index": index, "line": error.line, "column": error.column}
    found = finding_with_words("JSON_SYNTAX_ERROR", (), where)
    detail = f"{error.detail}." if error.detail[-1:].isalnum() else error.detail
    return replace(found, message=f"{detail} {found.message}")


def refusal_finding(problem: Problem, document: Any, policy_type: PolicyType) -> UnplacedFinding:
    """Return the finding of a document that parses and is refused."""
    value = _value_at(document, problem.path)
    choose = _CHOICES.get(problem.issue)
    code = (
        choose(problem, value, policy_type) if choose else _CODES.get(problem.issue, problem.issue)
    )
    words = _words(problem, value, policy_type)
    end = "" if problem.detail.endswith("?") else "."
    hint = f"{problem.detail}{end}"
    return finding_with_words(code, problem.path, words, at_key=problem.key, hint=hint)


def _value_at(document: Any, path: Path) -> Any:
    value = document
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _words(problem: Problem, value: Any, policy_type: PolicyType) -> dict[str, object]:
    """Return the words that AWS's sentences may contain."""
    name = str(problem.path[-1]) if problem.path else ""
    shown = value if isinstance(value, str) else name
    fields = [*split_arn(shown), "", "", "", "", ""]
    type_ = next((str(step) for step in problem.path if step in PRINCIPAL_TYPES), name)
    return {
        "account": fields[ACCOUNT],
        "action": shown,
        "data_type": problem.value or "String",
        "effect": shown,
        "element": name,
        "format": "service-name.amazonaws.com",
        "key": type_,
        "one": name.removeprefix("Not"),
        "operator": name,
        "other": name,
        "partition": fields[PARTITION],
        "service": fields[SERVICE] if fields[PREFIX] == "arn" else fields[PREFIX],
        "type": _type_named(policy_type),
        "version": shown,
    }


def _type_named(policy_type: PolicyType) -> str:
    if policy_type is PolicyType.TRUST:
        return _TRUST_TYPE
    of_aws = PolicyType.IDENTITY if policy_type is PolicyType.INLINE else policy_type
    return f"{of_aws.upper()}_POLICY"


def _empty(filled: str, empty: str) -> Callable[[Problem, Any, PolicyType], str]:
    return lambda problem, value, kind: empty if value == [] else filled


def _principal_code(problem: Problem, value: Any, policy_type: PolicyType) -> str:
    if is_wild(str(value)):
        return "UNSUPPORTED_WILDCARD_IN_PRINCIPAL"
    if "Federated" in problem.path and policy_type is PolicyType.TRUST:
        return "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY"
    in_service = "Service" in problem.path
    return "INVALID_SERVICE_PRINCIPAL_FORMAT" if in_service else "INVALID_PRINCIPAL_FORMAT"


def _empty_principal_code(problem: Problem, value: Any, policy_type: PolicyType) -> str:
    return "EMPTY_ARRAY_PRINCIPAL" if value else "EMPTY_OBJECT_PRINCIPAL"


def _vendor_code(problem: Problem, value: Any, policy_type: PolicyType) -> str:
    short = str(value).count(":") < 2
    return "MISSING_ARN_FIELD" if short else "WILDCARD_IN_SERVICE_NAME"


def _operator_code(problem: Problem, value: Any, policy_type: PolicyType) -> str:
    if_exists = str(problem.path[-1]).lower().endswith("nullifexists")
    return "NULL_WITH_IF_EXISTS" if if_exists else "INVALID_CONDITION_OPERATOR"


def _unsupported_principal_code(problem: Problem, value: Any, policy_type: PolicyType) -> str:
    return (
        "SCP_SYNTAX_ERROR_PRINCIPAL" if policy_type is PolicyType.SCP else "UNSUPPORTED_PRINCIPAL"
    )


def _shared_provider_code(problem: Problem, value: Any, policy_type: PolicyType) -> str:
    if GITHUB in problem.value:
        return "MISSING_GITHUB_REPO_CONDITION_KEY"
    return "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL"


_CHOICES: Mapping[str, Callable[[Problem, Any, PolicyType], str]] = {
    "EMPTY_PRINCIPAL": _empty_principal_code,
    "INVALID_ARN_VENDOR": _vendor_code,
    "INVALID_CONDITION_OPERATOR": _operator_code,
    "INVALID_FEDERATED_PRINCIPAL": _principal_code,
    "INVALID_PRINCIPAL": _principal_code,
    "MISSING_ACTION": _empty("MISSING_ACTION", "EMPTY_ARRAY_ACTION"),
    "MISSING_RESOURCE": _empty("MISSING_RESOURCE", "EMPTY_ARRAY_RESOURCE"),
    "SHARED_PROVIDER": _shared_provider_code,
    "UNSUPPORTED_PRINCIPAL": _unsupported_principal_code,
}
