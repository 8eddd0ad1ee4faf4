"""Numeric operators: integers and decimals, never floats."""

import operator
import re
from collections.abc import Callable
from decimal import Decimal

from iam.engine.matching.operators.operator import Operator, comparing

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)


def number(text: str) -> Decimal | None:
    """Read a number as AWS writes it; None for anything else."""
    if not _NUMBER.fullmatch(text.strip()):
        return None
    return Decimal(text.strip())


def _is_number(text: str) -> bool:
    return number(text) is not None


def _operator(
    name: str, compare: Callable[[Decimal, Decimal], bool], *, negated: bool = False
) -> Operator:
    return Operator(name, comparing(number, compare), negated=negated, well_formed=_is_number)


OPERATORS = (
    _operator("NumericEquals", operator.eq),
    _operator("NumericNotEquals", operator.eq, negated=True),
    _operator("NumericLessThan", operator.lt),
    _operator("NumericLessThanEquals", operator.le),
    _operator("NumericGreaterThan", operator.gt),
    _operator("NumericGreaterThanEquals", operator.ge),
)
