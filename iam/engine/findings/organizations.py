"""Service and resource control policies."""

from collections.abc import Iterator

from iam.engine.findings.finding import UnplacedFinding, finding
from iam.engine.findings.statement_reading import StatementReading
from iam.engine.terms import PolicyType

_OF_PRINCIPALS = {"aws:principalaccount", "aws:principalarn", "aws:principalorgid",
                  "aws:principalorgpaths"}  # fmt: skip
_OF_SOURCES = {"aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths"}
_IS_SERVICE = "aws:principalisawsservice"
_NULL_CHECKED = {"aws:sourceaccount", "aws:sourcearn"}


def statement_findings(statement: StatementReading) -> Iterator[UnplacedFinding]:
    """Find what organizations' policies do otherwise than the rest."""
    if statement.policy_type is PolicyType.SCP:
        for name in ("Action", "NotAction"):
            for path, action in statement.located(name):
                if "*" in action[:-1]:
                    yield finding("SCP_SYNTAX_ERROR_ACTION_WILDCARD", path, action=action)
    elif statement.policy_type is PolicyType.RCP:
        yield from _of_resources(statement)


def _of_resources(statement: StatementReading) -> Iterator[UnplacedFinding]:
    conditions = list(statement.conditions())
    service = {
        value.lower()
        for one in conditions
        if one.name == _IS_SERVICE and str(one.used) == "BoolIfExists"
        for value in one.values
    }
    nulls = {one.name for one in conditions if str(one.used) == "Null" and "false" in one.values}
    for one in conditions:
        if one.name in _OF_PRINCIPALS and "false" not in service:
            code = "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY"
            yield finding(code, one.path, at_key=True, key=one.key)
        if one.name in _OF_SOURCES and not one.used.operator.tests_presence:
            if "true" not in service:
                code = "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY"
                yield finding(code, one.path, at_key=True, key=one.key)
            if not nulls & _NULL_CHECKED:
                code = "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK"
                yield finding(code, one.path, at_key=True, key=one.key)
