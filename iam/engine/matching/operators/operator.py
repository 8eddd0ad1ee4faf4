"""The operators of a family."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from iam.engine.request import Keys

T = TypeVar("T")
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


def comparing(read: Callable[[str], T | None], compare: Callable[[T, T], bool]) -> Compile:
    """Return how to compile a value that both sides read; what cannot be read never matches."""

    def compile_value(text: str, variables: bool) -> ValueTest:
        wanted = read(text)
        if wanted is None:
            return never

        def test(value: str, keys: Keys) -> bool:
            found = read(value)
            return found is not None and compare(found, wanted)

        return test

    return compile_value


def never(value: str, keys: Keys) -> bool:
    """The test of a malformed value: it matches nothing."""
    return False
