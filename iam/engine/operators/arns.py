"""Arn operators: six fields, each with wildcards; Equals and Like are the same to AWS."""

from iam.engine.operators.operator import Operator, ValueTest
from iam.engine.patterns import ArnPattern
from iam.engine.request import ARN_FIELDS, Keys


def _like(text: str, variables: bool) -> ValueTest:
    pattern = ArnPattern(text, variables=variables)

    def test(value: str, keys: Keys) -> bool:
        return pattern.matches(value.split(":", ARN_FIELDS - 1), keys)

    return test


def _is_arn(text: str) -> bool:
    return text.startswith(("arn:", "*", "${"))


OPERATORS = (
    Operator("ArnEquals", _like, takes_variables=True, well_formed=_is_arn),
    Operator("ArnLike", _like, takes_variables=True, well_formed=_is_arn),
    Operator("ArnNotEquals", _like, negated=True, takes_variables=True, well_formed=_is_arn),
    Operator("ArnNotLike", _like, negated=True, takes_variables=True, well_formed=_is_arn),
)
