"""Wildcards and policy variables: texts compiled once, matched in about linear time.

A pattern is a tuple of parts: literal text, wildcards and variables. `*` commits to the first
place where what follows it fits (an atomic group), so no pattern backtracks over its stars.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from iam.engine.request import ARN_FIELDS, Keys


class Wildcard(Enum):
    """The two wildcards of policies."""

    MANY = "*"
    ONE = "?"


@dataclass(frozen=True, slots=True)
class Variable:
    """A policy variable: its key in lower case, and its default value if it has one."""

    key: str
    default: str | None


Part = str | Wildcard | Variable
Parts = tuple[Part, ...]
Test = Callable[[str], bool]

NO_KEYS: Mapping[str, tuple[str, ...]] = {}
_WILDCARD = re.compile(r"([*?])")
_VARIABLE = re.compile(r"\$\{([*?$]|[^{}*?$,']+(?:,\s*'[^'{}]*'\s*)?)\}")


def parse(text: str, *, wildcards: bool = True, variables: bool = False) -> Parts:
    """Split a text into its parts; `variables` only where Version is 2012-10-17."""
    parts: list[Part] = []
    pieces = _VARIABLE.split(text) if variables else [text]
    for place, piece in enumerate(pieces):
        if place % 2:
            parts.append(_variable(piece))
        elif wildcards:
            parts += [_wildcard(part) for part in _WILDCARD.split(piece) if part]
        elif piece:
            parts.append(piece)
    return _merged(parts)


def has_variable(text: str) -> bool:
    """Whether a text holds `${…}` in the form AWS substitutes."""
    return _VARIABLE.search(text) is not None


def resolve(parts: Parts, keys: Keys) -> Parts | None:
    """Put the request's values in place of variables; None if one is missing or has several.

    A substituted value is text: a wildcard inside it stands for itself.
    """
    resolved: list[Part] = []
    for part in parts:
        if isinstance(part, Variable):
            value = _value(part, keys)
            if value is None:
                return None
            resolved.append(value)
        else:
            resolved.append(part)
    return _merged(resolved)


@lru_cache(maxsize=16384)
def matcher(parts: Parts) -> Test:
    """A test for parts without variables, in the cheapest form that decides it."""
    if not any(isinstance(part, Wildcard) for part in parts):
        return "".join(map(str, parts)).__eq__
    match parts:
        case (Wildcard.MANY,):
            return lambda value: True
        case (str() as start, Wildcard.MANY):
            return lambda value: value.startswith(start)
        case _:
            found = re.compile(_regex(parts), re.DOTALL).match
            return lambda value: found(value) is not None


class Pattern:
    """A compiled text; `matches` substitutes variables, if any, and compares."""

    __slots__ = ("_fold", "_parts", "_test", "text")

    def __init__(
        self, text: str, *, wildcards: bool = True, variables: bool = False, fold: bool = False
    ) -> None:
        self.text = text
        self._fold = fold
        self._parts = parse(text, wildcards=wildcards, variables=variables)
        dynamic = any(isinstance(part, Variable) for part in self._parts)
        self._test = None if dynamic else matcher(_folded(self._parts, fold))

    def matches(self, value: str, keys: Keys) -> bool:
        """Whether the value fits; false when a variable has no single value in the request."""
        if self._fold:
            value = value.lower()
        if self._test is not None:
            return self._test(value)
        parts = resolve(self._parts, keys)
        return parts is not None and matcher(_folded(parts, self._fold))(value)


class ArnPattern:
    """A pattern compared field by field; missing fields stand for anything, as AWS completes."""

    __slots__ = ("_fields", "_moving", "text")

    def __init__(self, text: str, *, variables: bool = False) -> None:
        self.text = text
        fields = split_fields(parse(text, variables=variables))
        fields += [(Wildcard.MANY,)] * (ARN_FIELDS - len(fields))
        self._fields = fields
        self._moving = any(isinstance(part, Variable) for field in fields for part in field)

    def matches(self, value: list[str], keys: Keys) -> bool:
        """Whether each field of an ARN, split at its first five colons, fits."""
        if len(value) != ARN_FIELDS:
            return False
        for field, part in zip(self._fields, value, strict=True):
            parts = resolve(field, keys) if self._moving else field
            if parts is None or not matcher(parts)(part):
                return False
        return True

    @property
    def is_plain(self) -> bool:
        """Whether the first five fields are literal, so that the whole text is one pattern."""
        return all(isinstance(part, str) for field in self._fields[:-1] for part in field)


def pattern_matches(pattern: str, value: str) -> bool:
    """Whether a text with `*` and `?` matches a value, with case, in about linear time."""
    return matcher(parse(pattern))(value)


def split_fields(parts: Parts) -> list[Parts]:
    """Cut parts at the first five colons of their literal text."""
    fields: list[list[Part]] = [[]]
    for part in parts:
        if not isinstance(part, str):
            fields[-1].append(part)
            continue
        first, *rest = part.split(":", ARN_FIELDS - len(fields))
        fields[-1] += [first] if first else []
        fields += [[text] if text else [] for text in rest]
    return [tuple(field) for field in fields]


def _wildcard(part: str) -> Part:
    return Wildcard(part) if part in {"*", "?"} else part


def _variable(name: str) -> Part:
    if name in {"*", "?", "$"}:
        return name
    key, comma, default = name.partition(",")
    return Variable(key.strip().lower(), default.strip()[1:-1] if comma else None)


def _value(variable: Variable, keys: Keys) -> str | None:
    values = keys.get(variable.key)
    if not values:
        return variable.default
    return values[0] if len(values) == 1 else None


def _merged(parts: list[Part]) -> Parts:
    merged: list[Part] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part is not Wildcard.MANY or not merged or merged[-1] is not Wildcard.MANY:
            merged.append(part)
    return tuple(merged)


def _folded(parts: Parts, fold: bool) -> Parts:
    if not fold:
        return parts
    return tuple(part.lower() if isinstance(part, str) else part for part in parts)


def _regex(parts: Parts) -> str:
    chunks = [""]
    for part in parts:
        if part is Wildcard.MANY:
            chunks.append("")
        else:
            chunks[-1] += "." if part is Wildcard.ONE else re.escape(str(part))
    first, *middle = chunks
    if not middle:
        return rf"{first}\Z"
    *middle, last = middle
    return first + "".join(f"(?>.*?{chunk})" for chunk in middle) + rf".*{last}\Z"
