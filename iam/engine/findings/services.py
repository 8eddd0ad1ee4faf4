"""Condition keys of single services that do not do what they seem to; and tags that none has."""

from collections.abc import Iterator

from iam.engine.findings.facts import Facts
from iam.engine.findings.finding import UnplacedFinding, finding
from iam.engine.findings.statement_reading import ConditionReading, StatementReading

_TAG = "aws:resourcetag/"


def statement_findings(statement: StatementReading) -> Iterator[UnplacedFinding]:
    """Find the keys that a caller can get around, and tags asked of services without any."""
    keys = statement.condition_keys()
    for condition in statement.conditions():
        if condition.name == "dynamodb:attributes" and "dynamodb:select" not in keys:
            yield finding("DYNAMODB_ATTRIBUTES_WITHOUT_SELECT", condition.path, at_key=True)
        negated = condition.used.operator.negated
        compares = not condition.used.operator.tests_presence
        if condition.name == "s3:prefix" and compares and negated is statement.allows:
            yield finding("S3_PREFIX_IN_NEGATIVE_CONTEXT", condition.path, at_key=True)
        if condition.name.startswith(_TAG) and statement.facts is not None and _asks(condition):
            yield from _untaggable(statement, condition, statement.facts)


def _asks(condition: ConditionReading) -> bool:
    operator = condition.used.operator
    return not (operator.negated or operator.tests_presence or condition.used.if_exists)


def _untaggable(
    statement: StatementReading, condition: ConditionReading, facts: Facts
) -> Iterator[UnplacedFinding]:
    effect = "ALLOW" if statement.allows else "DENY"
    key = condition.key
    if "NotAction" in statement.body:
        code = f"{effect}_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"
        yield finding(code, condition.path, at_key=True, key=key)
        return
    services = {
        action.partition(":")[0].lower()
        for action in statement.texts("Action")
        if _never_tagged(action, facts)
    }
    if services:
        code = f"{effect}_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"
        listed = ", ".join(sorted(services))
        yield finding(code, condition.path, at_key=True, key=key, services=listed)


def _never_tagged(action: str, facts: Facts) -> bool:
    keys = facts.action_keys(action)
    return keys is not None and not any(key.lower().startswith(_TAG) for key in keys)
