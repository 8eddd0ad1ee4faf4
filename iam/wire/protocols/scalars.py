"""Simple values as text: read from a request, written into a response."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from iam.wire.times import iso8601

if TYPE_CHECKING:
    from botocore.model import Shape

_WHOLE = re.compile(r"[+-]?[0-9]{1,19}", re.ASCII)
_REAL = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{0,40})?([eE][+-]?[0-9]{1,3})?", re.ASCII)
_BOOLEANS = {"true": True, "false": False}


class Unreadable(ValueError):
    """The text is no value of the shape's type."""


def _boolean(text: str) -> bool:
    if text.lower() not in _BOOLEANS:
        raise Unreadable(text)
    return _BOOLEANS[text.lower()]


def _integer(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise Unreadable(text)
    return int(text)


def _float(text: str) -> float:
    if not _REAL.fullmatch(text):
        raise Unreadable(text)
    return float(text)


def _blob(text: str) -> bytes:
    try:
        return b64decode(text.encode("ascii"), validate=True)
    except (Base64Error, ValueError):
        raise Unreadable(text) from None


def timestamp(text: str) -> datetime:
    """Read a time: in ISO 8601, as seconds since the epoch, or as HTTP writes it."""
    try:
        if _REAL.fullmatch(text):
            return datetime.fromtimestamp(float(text), UTC)
        moment = datetime.fromisoformat(text) if text[:1].isdigit() else parsedate_to_datetime(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        raise Unreadable(text) from None


_READERS: dict[str, Callable[[str], Any]] = {
    "boolean": _boolean,
    "integer": _integer,
    "long": _integer,
    "float": _float,
    "double": _float,
    "blob": _blob,
    "timestamp": timestamp,
}


def read(shape: Shape, text: str) -> Any:
    """Return the value that a text stands for; raises Unreadable."""
    reader = _READERS.get(shape.type_name)
    return text if reader is None else reader(text)


def time_as(style: str, moment: datetime) -> str:
    """Return a time in one of the models' formats: iso8601, rfc822 or unixTimestamp."""
    moment = moment.astimezone(UTC)
    if style == "rfc822":
        return format_datetime(moment.replace(microsecond=0), usegmt=True)
    if style == "unixTimestamp":
        return str(int(moment.timestamp()))
    return iso8601(moment)


def written(shape: Shape, value: Any, time_style: str) -> str:
    """Return a value as the protocols write it into XML and headers."""
    match shape.type_name:
        case "boolean":
            return "true" if value else "false"
        case "timestamp":
            style = shape.serialization.get("timestampFormat", time_style)
            return time_as(style, value)
        case "blob":
            return b64encode(value if isinstance(value, bytes) else str(value).encode()).decode()
        case _:
            return str(value)
