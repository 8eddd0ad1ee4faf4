"""Spans of time as lab files write them: `+2h`, `-3d`, `+1d12h30m`."""

import re
from datetime import timedelta

_SPAN = re.compile(r"([+-])(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


def span_of(text: str) -> timedelta:
    """Return a span of time; raises ValueError for what is none."""
    found = _SPAN.fullmatch(text)
    if found is None:
        message = f"{text} is no span of time, such as +2h or -3d"
        raise ValueError(message)
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -span if found[1] == "-" else span
