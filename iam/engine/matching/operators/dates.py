"""Date operators: W3C's ISO 8601 profile, or seconds since 1970."""

import operator
import re
from collections.abc import Callable
from datetime import UTC, datetime

from iam.engine.matching.operators.operator import Operator, comparing

_EPOCH = re.compile(r"-?\d{5,15}(\.\d{1,9})?", re.ASCII)
_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)"
    r"(?:T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?)?)?",
    re.ASCII | re.IGNORECASE,
)


def moment(text: str) -> float | None:
    """Read a date as seconds since 1970; a date without a zone is UTC."""
    text = text.strip()
    if _EPOCH.fullmatch(text):
        return float(text)
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        at = datetime(
            int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0),
            int(second or 0), tzinfo=UTC,
        )  # fmt: skip
    except ValueError:
        return None
    return at.timestamp() + float(f"0.{fraction or 0}") - _zone_seconds(zone)


def _zone_seconds(zone: str | None) -> int:
    if zone is None or zone in "Zz":
        return 0
    digits = zone[1:].replace(":", "")
    seconds = int(digits[:2]) * 3600 + int(digits[2:]) * 60
    return -seconds if zone.startswith("-") else seconds


def _is_date(text: str) -> bool:
    return moment(text) is not None


def _operator(
    name: str, compare: Callable[[float, float], bool], *, negated: bool = False
) -> Operator:
    return Operator(name, comparing(moment, compare), negated=negated, well_formed=_is_date)


OPERATORS = (
    _operator("DateEquals", operator.eq),
    _operator("DateNotEquals", operator.eq, negated=True),
    _operator("DateLessThan", operator.lt),
    _operator("DateLessThanEquals", operator.le),
    _operator("DateGreaterThan", operator.gt),
    _operator("DateGreaterThanEquals", operator.ge),
)
