"""The simple types of the models: the values they accept, and their constraints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import chain

from iam.wire import sentences
from iam.wire.sentences import Constraint

Limits = Mapping[str, object]
Checked = tuple[object, Iterable[Constraint]]

_STORABLE = Constraint("type", "Member must be Unicode text without null characters")
_INTEGER_BITS = {"integer": 31, "long": 63}


class WrongTypeError(Exception):
    """The value is of a wrong type."""

    def __init__(self, constraint: Constraint) -> None:
        super().__init__(constraint.sentence)
        self.constraint = constraint


def _string(value: object, limits: Limits) -> Checked:
    if not isinstance(value, str):
        raise WrongTypeError(sentences.of_type("string"))
    if not _storable(value):
        raise WrongTypeError(_STORABLE)
    values = limits.get("enum")
    wrong = isinstance(values, list) and value not in values
    enum = [sentences.of_enum(values)] if wrong and isinstance(values, list) else []
    return value, chain(sentences.of_length(len(value), limits), enum)


def _storable(value: str) -> bool:
    """Return whether a text has no lone surrogate and no null, which XML and databases refuse."""
    lone = not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value)
    return not lone and "\0" not in value


def _blob(value: object, limits: Limits) -> Checked:
    if isinstance(value, str):
        try:
            value = value.encode()
        except UnicodeEncodeError:
            raise WrongTypeError(sentences.of_type("blob")) from None
    if not isinstance(value, bytes | bytearray | memoryview):
        raise WrongTypeError(sentences.of_type("blob"))
    content = bytes(value)
    return content, sentences.of_length(len(content), limits)


def _boolean(value: object, limits: Limits) -> Checked:
    if not isinstance(value, bool):
        raise WrongTypeError(sentences.of_type("boolean"))
    return value, ()


def _whole(name: str) -> Callable[[object, Limits], Checked]:
    bound = 1 << _INTEGER_BITS[name]

    def check(value: object, limits: Limits) -> Checked:
        if not isinstance(value, int) or isinstance(value, bool) or not -bound <= value < bound:
            raise WrongTypeError(sentences.of_type(name))
        return value, sentences.of_size(value, limits)

    return check


def _real(value: object, limits: Limits) -> Checked:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongTypeError(sentences.of_type("double"))
    try:
        return float(value), sentences.of_size(value, limits)
    except OverflowError:
        raise WrongTypeError(sentences.of_type("double")) from None


def _timestamp(value: object, limits: Limits) -> Checked:
    if not isinstance(value, datetime) or value.utcoffset() is None:
        raise WrongTypeError(sentences.of_type("timestamp"))
    return value, ()


SCALARS: dict[str, Callable[[object, Limits], Checked]] = {
    "string": _string,
    "character": _string,
    "blob": _blob,
    "boolean": _boolean,
    "integer": _whole("integer"),
    "long": _whole("long"),
    "float": _real,
    "double": _real,
    "timestamp": _timestamp,
}
