"""What an operator family provides."""

from collections.abc import Callable
from dataclasses import dataclass

from iam.engine.request import Keys

ValueTest = Callable[[str, Keys], bool]
Compile = Callable[[str, bool], ValueTest]
"""Compile a policy's value, with or without policy variables, to a test of a request's value."""


@dataclass(frozen=True, slots=True)
class Operator:
    """A condition operator: its AWS name and what it does with one value."""

    name: str
    compile: Compile
    negated: bool = False
    takes_variables: bool = False
    tests_presence: bool = False
    well_formed: Callable[[str], bool] | None = None
    """Whether a policy's value can match at all; None if any text can."""
    readable: Callable[[str], bool] | None = None
    """Whether a request's value can be compared at all: what cannot never matches, not even a
    negated operator. None if any text can."""


def never(value: str, keys: Keys) -> bool:
    """The test of a malformed value: it matches nothing."""
    return False
