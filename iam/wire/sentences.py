"""AWS's sentences for input that its service model refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from iam.wire.violations import Trait, Violation

_LONGEST_VALUE = 2048
_DEEPEST_VALUE = 4
_LARGEST_SHOWN = 2**64


class Constraint(NamedTuple):
    """A constraint of a service model: its trait, and AWS's words for it."""

    trait: Trait
    sentence: str


NOT_NULL = Constraint("required", "Member must not be null")

# The sentences of IAM's own checks, by the pattern of the shape.
_NAME = (
    "The specified value for {} is invalid. It must contain only alphanumeric characters "
    "and/or the following: +=,.@_-"
)
_PATH = (
    "The specified value for {} is invalid. It must begin and end with / and contain only "
    "alphanumeric characters and/or / characters."
)
_FRIENDLY = {
    r"[\w+=,.@-]+": _NAME,
    r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)": _PATH,
    r"((/[A-Za-z0-9\.,\+@=_-]+)*)/": _PATH,
}


def friendly_sentence(service: str, pattern: str, path: str) -> str | None:
    """Return IAM's own sentence for a name or a path; None if the model's sentence is used."""
    template = _FRIENDLY.get(pattern) if service == "iam" else None
    return template.format(path) if template else None


def violation(member: str, constraint: Constraint, *, path: str = "", value: str = "") -> Violation:
    """`Value 'x' at 'roleName' failed to satisfy constraint: …`.

    `path` leads to the value inside the member; `value` is as by `quoted`.
    """
    subject = f"Value {value}" if value else "Value"
    place = path or camel(member)
    sentence = f"{subject} at '{place}' failed to satisfy constraint: {constraint.sentence}"
    return Violation(member, sentence, constraint.trait, value)


def too_long(member: str, most: int) -> Violation:
    """Return the violation of a maximum length that the service's model does not have."""
    return violation(member, _at_most(most, "length"))


def camel(name: str) -> str:
    """Return a member's name as AWS writes it in a path."""
    return name[:1].lower() + name[1:]


def quoted(value: object, *, secret: bool) -> str:
    """Return the value as AWS repeats it: quoted, `null` without quotes, a secret not at all."""
    if value is None:
        return "null"
    return "" if secret else f"'{shown(value)}'"


def shown(value: object) -> str:
    """Return a value as text that can be stored and printed; a long one is cut."""
    text = _shown(value, 0)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"


def every_constraint(limits: Mapping[str, object]) -> Iterator[Constraint]:
    """Return all constraints of a shape, which AWS lists when a member of a list fails."""
    if "max" in limits:
        yield _at_most(limits["max"], "length")
    if "min" in limits:
        yield _at_least(limits["min"], "length")
    if "pattern" in limits:
        yield of_pattern(limits["pattern"])
    if isinstance(values := limits.get("enum"), list):
        yield of_enum(values)


def of_length(length: int, limits: Mapping[str, object]) -> Iterator[Constraint]:
    yield from _outside(length, limits, "length")


def of_size(value: float, limits: Mapping[str, object]) -> Iterator[Constraint]:
    yield from _outside(value, limits, "value")


def _outside(measure: float, limits: Mapping[str, object], what: str) -> Iterator[Constraint]:
    least, most = limits.get("min"), limits.get("max")
    if isinstance(most, int | float) and measure > most:
        yield _at_most(most, what)
    if isinstance(least, int | float) and measure < least:
        yield _at_least(least, what)


def _at_most(limit: object, what: str) -> Constraint:
    return Constraint("max", f"Member must have {what} less than or equal to {limit}")


def _at_least(limit: object, what: str) -> Constraint:
    return Constraint("min", f"Member must have {what} greater than or equal to {limit}")


def of_pattern(pattern: object) -> Constraint:
    return Constraint("pattern", f"Member must satisfy regular expression pattern: {pattern}")


def of_enum(values: list[str]) -> Constraint:
    return Constraint("enum", f"Member must satisfy enum value set: [{', '.join(values)}]")


def of_type(name: str) -> Constraint:
    """Return a type's constraint, worded as the others (AWS's front doors differ)."""
    return Constraint("type", f"Member must be of type {name}")


def of_members(constraints: list[Constraint]) -> Constraint:
    """Return the constraint of a list on every member."""
    asked = ", ".join(one.sentence for one in constraints)
    return Constraint("member", f"Member must satisfy constraint: [{asked}]")


def _shown(value: object, depth: int) -> str:  # noqa: PLR0911
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\0", "?")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        small = isinstance(value, float) or abs(value) < _LARGEST_SHOWN
        return str(value) if small else "integer"
    if depth == _DEEPEST_VALUE:
        return "…"
    if isinstance(value, Mapping):
        pairs = (f"{_shown(k, depth + 1)}={_shown(v, depth + 1)}" for k, v in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_shown(item, depth + 1) for item in value) + "]"
    return type(value).__name__
