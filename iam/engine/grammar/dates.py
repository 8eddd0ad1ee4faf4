"""The dates IAM stores: looser than those that it compares."""

import re

_LAST_YEAR = 292_278_993
_LAST_SECOND = 2**63 - 1
_HOUR, _SIXTIETH = r"(?:[01]?\d|2[0-3])", r"[0-5]?\d"
_DATE = r"(-?\d{1,9})(?:-(?:0?[1-9]|1[0-2])(?:-(?:0?[1-9]|[12]\d|3[01]))?)?"
_ZONE = r"(?:z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?"
_TIME = rf"{_HOUR}(?::{_SIXTIETH}(?::{_SIXTIETH}(?:\.\d{{1,9}})?)?)?{_ZONE}"
_STORED = re.compile(rf"{_DATE}(?:t(?:{_TIME})?)?", re.ASCII | re.IGNORECASE)


def is_stored_date(text: str) -> bool:
    """Whether IAM saves a policy with this value in a Date condition."""
    if text.isascii() and text.isdigit():
        return len(text) <= len(str(_LAST_SECOND)) and int(text) <= _LAST_SECOND
    found = _STORED.fullmatch(text)
    return found is not None and abs(int(found[1])) <= _LAST_YEAR
