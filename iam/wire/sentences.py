"""AWS's sentences for input that its service model refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

MUST_NOT_BE_NULL = "Member must not be null"
_LONGEST_VALUE = 2048
_DEEPEST_VALUE = 4
_LARGEST_SHOWN = 2**64

# What IAM checks behind its front door and words for people, by the pattern of the shape.
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
    """IAM's own sentence for a name or a path; None where the model's general one is used."""
    template = _FRIENDLY.get(pattern) if service == "iam" else None
    return template.format(path) if template else None


def joined(violations: list[str]) -> str:
    """`2 validation errors detected: …; …`."""
    noun = "error" if len(violations) == 1 else "errors"
    return f"{len(violations)} validation {noun} detected: {'; '.join(violations)}"


def violation(path: str, constraint: str, shown: str) -> str:
    """`Value 'x' at 'roleName' failed to satisfy constraint: …`; `shown` as by `shown_value`."""
    return f"Value{shown} at '{path}' failed to satisfy constraint: {constraint}"


def shown_value(value: object, *, secret: bool) -> str:
    """The value as AWS repeats it: quoted, `null` bare, a secret not at all."""
    if value is None:
        return " null"
    return "" if secret else f" '{shown(value)}'"


def shown(value: object) -> str:
    """A value as text that can be stored and printed, cut where it is very long."""
    text = _shown(value, 0)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"


def every_constraint(limits: Mapping[str, object]) -> Iterator[str]:
    """All that a shape asks for: AWS lists it whole when the member of a list fails."""
    if "max" in limits:
        yield _at_most(limits["max"], "length")
    if "min" in limits:
        yield _at_least(limits["min"], "length")
    if "pattern" in limits:
        yield of_pattern(limits["pattern"])
    if isinstance(values := limits.get("enum"), list):
        yield of_enum(values)


def of_length(length: int, limits: Mapping[str, object]) -> Iterator[str]:
    """The sentences of the lengths it breaks."""
    yield from _outside(length, limits, "length")


def of_size(value: float, limits: Mapping[str, object]) -> Iterator[str]:
    """The sentences of the smallest and greatest values it breaks."""
    yield from _outside(value, limits, "value")


def _outside(measure: float, limits: Mapping[str, object], what: str) -> Iterator[str]:
    least, most = limits.get("min"), limits.get("max")
    if isinstance(most, int | float) and measure > most:
        yield _at_most(most, what)
    if isinstance(least, int | float) and measure < least:
        yield _at_least(least, what)


def _at_most(limit: object, what: str) -> str:
    return f"Member must have {what} less than or equal to {limit}"


def _at_least(limit: object, what: str) -> str:
    return f"Member must have {what} greater than or equal to {limit}"


def of_pattern(pattern: object) -> str:
    """The sentence of a pattern."""
    return f"Member must satisfy regular expression pattern: {pattern}"


def of_enum(values: list[str]) -> str:
    """The sentence of an enumeration."""
    return f"Member must satisfy enum value set: [{', '.join(values)}]"


def of_type(name: str) -> str:
    """The sentence of a wrong type, in the manner of the others (AWS's front doors differ)."""
    return f"Member must be of type {name}"


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
