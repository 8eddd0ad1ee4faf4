"""Wildcards and policy variables: texts compiled once, matched in linear time.

A pattern is a tuple of parts: literal text, wildcards and variables.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import groupby

from iam.arns import ARN_FIELDS
from iam.engine.matching.wildcards import ANY, Chunk, Test, tester
from iam.engine.request import Keys


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

SLOW = 8
"""Times as long as others to compare: patterns with `?`, and with variables."""
LONGEST_EXAMPLE = 2_048
"""Characters of a value that is made up."""
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


def weight_of(text: str) -> int:
    """How many patterns of the quick kind a text is as slow as."""
    return SLOW if "?" in text or "$" in text else 1


def resolve(parts: Parts, keys: Keys, most: int) -> Parts | None:
    """Put the request's values in place of variables; None if one is missing or has several.

    A substituted value is text: a wildcard inside it stands for itself. None also if the texts
    are longer than `most`, the value to compare: many variables make a short pattern endless.
    """
    resolved: list[Part] = []
    length = 0
    for part in parts:
        text = _value(part, keys) if isinstance(part, Variable) else part
        if isinstance(text, str):
            length += len(text)
        if text is None or length > most:
            return None
        resolved.append(text)
    return _merged(resolved)


def example(text: str, keys: Keys, *, variables: bool) -> str | None:
    """The shortest value that a text matches; None where a variable has no value."""
    parts = resolve(parse(text, variables=variables), keys, LONGEST_EXAMPLE)
    if parts is None:
        return None
    return "".join(_shortest(part) for part in parts)


@lru_cache(maxsize=16384)
def matcher(parts: Parts) -> Test:
    """A test for parts without variables, in the cheapest form that decides it."""
    match parts:
        case ():
            return "".__eq__
        case (str() as whole,):
            return whole.__eq__
        case (Wildcard.MANY,):
            return lambda value: True
        case (str() as start, Wildcard.MANY):
            return lambda value: value.startswith(start)
        case _:
            return tester(_chunks(parts))


@dataclass(frozen=True, slots=True)
class Simple:
    """A pattern that is a literal text, or when `open` a text that anything may follow."""

    text: str
    open: bool


def simple(parts: Parts) -> Simple | None:
    """Reduce parts to a Simple; None if it takes more to compare them."""
    match parts:
        case () | (str(),):
            return Simple(start_of(parts), open=False)
        case (Wildcard.MANY,) | (str(), Wildcard.MANY):
            return Simple(start_of(parts), open=True)
        case _:
            return None


def start_of(parts: Parts) -> str:
    return parts[0] if parts and isinstance(parts[0], str) else ""


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
        parts = resolve(self._parts, keys, len(value))
        return parts is not None and matcher(_folded(parts, self._fold))(value)


class ArnPattern:
    """A pattern compared field by field; missing fields stand for anything, as AWS completes."""

    __slots__ = ("_fields", "_tests", "text")

    def __init__(self, text: str, *, variables: bool = False) -> None:
        self.text = text
        fields = split_fields(parse(text, variables=variables))
        fields += [(Wildcard.MANY,)] * (ARN_FIELDS - len(fields))
        self._fields = fields
        moving = any(isinstance(part, Variable) for field in fields for part in field)
        self._tests = () if moving else tuple(matcher(field) for field in fields)

    def matches(self, value: list[str], keys: Keys) -> bool:
        """Whether each field of an ARN, split at its first five colons, fits."""
        if len(value) != ARN_FIELDS:
            return False
        if self._tests:
            tested = zip(self._tests, value, strict=True)
            return all(test(part) for test, part in tested)
        for field, part in zip(self._fields, value, strict=True):
            parts = resolve(field, keys, len(part))
            if parts is None or not matcher(parts)(part):
                return False
        return True

    @property
    def is_plain(self) -> bool:
        """Whether the first five fields are literal, so that the whole text is one pattern."""
        return all(isinstance(part, str) for field in self._fields[:-1] for part in field)


def pattern_matches(pattern: str, value: str) -> bool:
    """Whether a text with `*` and `?` matches a value, with case."""
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


def _shortest(part: Part) -> str:
    if isinstance(part, str):
        return part
    return "x" if part is Wildcard.ONE else ""


def _merged(parts: Iterable[Part]) -> Parts:
    """Join texts that follow each other, and of several stars keep one."""
    merged: list[Part] = []
    for kind, run in groupby(parts, key=_kind):
        if kind is str:
            merged.append("".join(map(str, run)))
        elif kind is Wildcard.MANY:
            merged.append(kind)
        else:
            merged += run
    return tuple(merged)


def _kind(part: Part) -> object:
    return str if isinstance(part, str) else part


def _folded(parts: Parts, fold: bool) -> Parts:
    if not fold:
        return parts
    return tuple(part.lower() if isinstance(part, str) else part for part in parts)


def _chunks(parts: Parts) -> list[Chunk]:
    chunks: list[list[str | None]] = [[]]
    for part in parts:
        if part is Wildcard.MANY:
            chunks.append([])
        else:
            chunks[-1].append(part if isinstance(part, str) else ANY)
    return list(map(Chunk, chunks))
