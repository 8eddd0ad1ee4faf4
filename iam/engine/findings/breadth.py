"""Wildcards that make a condition wider than it looks, or no condition at all."""

import re
from collections.abc import Iterator

from iam.engine.findings.finding import UnplacedFinding, finding
from iam.engine.findings.statement_reading import ConditionReading, StatementReading, is_wild
from iam.engine.matching.elements.conditions import ConditionTest
from iam.engine.matching.operators import numbers
from iam.engine.matching.operators.registry import Quantifier
from iam.engine.matching.patterns import has_variable

_SENSITIVE = {
    "aws:principalaccount", "aws:principalorgid", "aws:resourceaccount", "aws:resourceorgid",
    "aws:sourceaccount", "aws:sourceorgid", "aws:sourcevpc", "aws:sourcevpce", "aws:vpceaccount",
    "aws:vpceorgid",
}  # fmt: skip
_USER_ID = "aws:userid"
_VARIABLE = re.compile(r"\$\{[^{}]*\}")
_SET_BY_AWS = {f"${{{key}}}" for key in _SENSITIVE}
_BY_TRUTH = {
    (True, False): "EQUIVALENT_TO_NULL_FALSE",
    (False, True): "EQUIVALENT_TO_NULL_TRUE",
    (True, True): "REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION",
    (False, False): "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION",
}
"""What a condition on `*` amounts to: whether it holds with the key, and without."""


def statement_findings(statement: StatementReading) -> Iterator[UnplacedFinding]:
    """Find wildcards and numbers that widen a condition."""
    for condition in statement.conditions():
        yield from _sensitive(condition)
        if condition.is_like and "*" in condition.values and condition.name not in _SENSITIVE:
            yield _of_star(condition)
        if condition.used.operator in numbers.OPERATORS:
            yield from _numbers(condition)


def _sensitive(condition: ConditionReading) -> Iterator[UnplacedFinding]:
    wild = condition.is_like and any(map(is_wild, condition.values))
    if condition.name in _SENSITIVE:
        if wild:
            yield finding("WILDCARD_USAGE_TOO_PERMISSIVE", condition.path, key=condition.key)
        if any(map(_has_loose_variable, condition.values)):
            yield finding("VARIABLE_USAGE_TOO_PERMISSIVE", condition.path, key=condition.key)
    elif condition.name == _USER_ID:
        if wild and any(_is_wide(value, is_wild(value)) for value in condition.values):
            yield finding("WILDCARD_USAGE_TOO_PERMISSIVE:userid", condition.path)
        bare = [_VARIABLE.sub("*", value) for value in condition.values if has_variable(value)]
        if any(_is_wide(value, True) for value in bare):
            yield finding("VARIABLE_USAGE_TOO_PERMISSIVE:userid", condition.path)


def _has_loose_variable(value: str) -> bool:
    """Whether a text has a variable but those AWS sets: its own policies compare these."""
    found = _VARIABLE.findall(value) if has_variable(value) else []
    return any(name.lower() not in _SET_BY_AWS for name in found)


def _is_wide(value: str, wild: bool) -> bool:
    """Whether a wildcard stands left of the colon with anything beside it, or without a colon."""
    left, colon, _ = value.partition(":")
    return (is_wild(left) and left != "*") if colon else wild


def _of_star(condition: ConditionReading) -> UnplacedFinding:
    test = ConditionTest(condition.used, condition.key, condition.values, variables=False)
    present = not condition.used.operator.negated
    code = _BY_TRUTH[present, test.holds({})]
    return finding(code, condition.path, key=condition.key, operator=condition.used)


def _numbers(condition: ConditionReading) -> Iterator[UnplacedFinding]:
    name = condition.used.operator.name
    several = len(condition.values) > 1 and condition.used.quantifier is not Quantifier.ALL
    if several and ("Less" in name or "Greater" in name):
        which = "greatest" if "Less" in name else "least"
        yield finding(
            "REDUNDANT_CONDITION_VALUE_NUM",
            condition.path,
            operator=condition.used,
            which=which,
            key=condition.key,
        )
