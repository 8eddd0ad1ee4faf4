"""All operators by name, and how a name is written: qualifier, operator, IfExists."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from iam.engine.matching.operators import (
    addresses,
    arns,
    binaries,
    booleans,
    dates,
    numbers,
    strings,
)
from iam.engine.matching.operators.operator import Operator, ValueTest

__all__ = [
    "FAMILIES",
    "OPERATOR_NAMES",
    "Operator",
    "Quantifier",
    "UsedOperator",
    "ValueTest",
    "used_operator",
]

FAMILIES = (strings, numbers, dates, booleans, binaries, addresses, arns)
OPERATOR_NAMES = {
    family.__name__.rpartition(".")[2]: tuple(operator.name for operator in family.OPERATORS)
    for family in FAMILIES
}
"""The operators of each family (`strings`, `numbers`), as AWS writes them."""
_BY_NAME = {operator.name.lower(): operator for family in FAMILIES for operator in family.OPERATORS}
_IF_EXISTS = "ifexists"


class Quantifier(StrEnum):
    """The ways to combine the values of a multi-valued key."""

    ALL = "ForAllValues"
    ANY = "ForAnyValue"


@dataclass(frozen=True, slots=True)
class UsedOperator:
    """An operator as a policy uses it."""

    operator: Operator
    quantifier: Quantifier | None
    if_exists: bool

    def __str__(self) -> str:
        prefix = f"{self.quantifier}:" if self.quantifier else ""
        return f"{prefix}{self.operator.name}{'IfExists' if self.if_exists else ''}"


@lru_cache(maxsize=512)
def used_operator(text: str) -> UsedOperator | None:
    """Read an operator's name, without case; None if AWS has no such operator."""
    qualifier, colon, name = text.lower().rpartition(":")
    quantifier = next((known for known in Quantifier if known.lower() == qualifier), None)
    if colon and quantifier is None:
        return None
    if_exists = name.endswith(_IF_EXISTS)
    found = _BY_NAME.get(name.removesuffix(_IF_EXISTS))
    if found is None or (found.tests_presence and if_exists):
        return None
    return UsedOperator(found, quantifier, if_exists)
