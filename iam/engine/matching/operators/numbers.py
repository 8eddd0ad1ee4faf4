"""Numeric operators: integers and decimals, never floats."""

import operator
import re
from collections.abc import Callable
from decimal import Decimal

from iam.engine.matching.operators.operator import Compile, Operator, ValueTest, never
from iam.engine.request import Keys

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)


def number(text: str) -> Decimal | None:
    """Read a number as AWS writes it; None for anything else."""
    if not _NUMBER.fullmatch(text.strip()):
        return None
    return Decimal(text.strip())


def _is_number(text: str) -> bool:
    return number(text) is not None


def _comparing(compare: Callable[[Decimal, Decimal], bool]) -> Compile:
    def compile_value(text: str, variables: bool) -> ValueTest:
        wanted = number(text)
        if wanted is None:
            return never

        def test(value: str, keys: Keys) -> bool:
            found = number(value)
            return found is not None and compare(found, wanted)

        return test

    return compile_value


OPERATORS = (
    Operator("NumericEquals", _comparing(operator.eq), well_formed=_is_number),
    Operator("NumericNotEquals", _comparing(operator.eq), negated=True, well_formed=_is_number),
    Operator("NumericLessThan", _comparing(operator.lt), well_formed=_is_number),
    Operator("NumericLessThanEquals", _comparing(operator.le), well_formed=_is_number),
    Operator("NumericGreaterThan", _comparing(operator.gt), well_formed=_is_number),
    Operator("NumericGreaterThanEquals", _comparing(operator.ge), well_formed=_is_number),
)
