"""String operators: exact, without case, or with wildcards; all take policy variables."""

from iam.engine.matching.operators.operator import Operator, ValueTest
from iam.engine.matching.patterns import Pattern


def _equals(text: str, variables: bool) -> ValueTest:
    return Pattern(text, wildcards=False, variables=variables).matches


def _equals_ignoring_case(text: str, variables: bool) -> ValueTest:
    return Pattern(text, wildcards=False, variables=variables, fold=True).matches


def _like(text: str, variables: bool) -> ValueTest:
    return Pattern(text, variables=variables).matches


OPERATORS = (
    Operator("StringEquals", _equals, takes_variables=True),
    Operator("StringNotEquals", _equals, negated=True, takes_variables=True),
    Operator("StringEqualsIgnoreCase", _equals_ignoring_case, takes_variables=True),
    Operator(
        "StringNotEqualsIgnoreCase", _equals_ignoring_case, negated=True, takes_variables=True
    ),
    Operator("StringLike", _like, takes_variables=True),
    Operator("StringNotLike", _like, negated=True, takes_variables=True),
)
