"""Arn operators: six fields, each with wildcards; Equals and Like are the same to AWS."""

from iam.arns import ARN_FIELDS, split_arn
from iam.engine.matching.operators.operator import Operator, ValueTest
from iam.engine.matching.patterns import ArnPattern
from iam.engine.request import Keys


def _like(text: str, variables: bool) -> ValueTest:
    pattern = ArnPattern(text, variables=variables)

    def test(value: str, keys: Keys) -> bool:
        return pattern.matches(split_arn(value), keys)

    return test


def _is_arn(text: str) -> bool:
    return text.startswith(("arn:", "*", "${"))


def _has_six_fields(text: str) -> bool:
    return len(split_arn(text)) == ARN_FIELDS


def _operator(name: str, *, negated: bool = False) -> Operator:
    return Operator(
        name,
        _like,
        negated=negated,
        takes_variables=True,
        well_formed=_is_arn,
        readable=_has_six_fields,
    )


OPERATORS = (
    _operator("ArnEquals"),
    _operator("ArnLike"),
    _operator("ArnNotEquals", negated=True),
    _operator("ArnNotLike", negated=True),
)
