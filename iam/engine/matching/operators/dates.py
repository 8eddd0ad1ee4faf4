"""Date operators: W3C's ISO 8601 profile, or seconds since 1970."""

import operator
import re
from collections.abc import Callable
from datetime import UTC, datetime

from iam.engine.matching.operators.operator import Compile, Operator, ValueTest, never
from iam.engine.request import Keys

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


def _comparing(compare: Callable[[float, float], bool]) -> Compile:
    def compile_value(text: str, variables: bool) -> ValueTest:
        wanted = moment(text)
        if wanted is None:
            return never

        def test(value: str, keys: Keys) -> bool:
            found = moment(value)
            return found is not None and compare(found, wanted)

        return test

    return compile_value


OPERATORS = (
    Operator("DateEquals", _comparing(operator.eq), well_formed=_is_date),
    Operator("DateNotEquals", _comparing(operator.eq), negated=True, well_formed=_is_date),
    Operator("DateLessThan", _comparing(operator.lt), well_formed=_is_date),
    Operator("DateLessThanEquals", _comparing(operator.le), well_formed=_is_date),
    Operator("DateGreaterThan", _comparing(operator.gt), well_formed=_is_date),
    Operator("DateGreaterThanEquals", _comparing(operator.ge), well_formed=_is_date),
)
