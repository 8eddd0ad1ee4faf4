"""Times in the console's words."""

from datetime import datetime, timedelta

_UNITS = (("day", 86_400), ("hour", 3600), ("minute", 60))


def ago(moment: datetime, now: datetime) -> str:
    """Return how long ago a moment was: *2 hours ago*."""
    seconds = int((now - moment).total_seconds())
    for word, length in _UNITS:
        count = seconds // length
        if count >= 1:
            return f"{count} {word}{'s' if count > 1 else ''} ago"
    return "a few seconds ago"


def hours(seconds: int) -> str:
    """Return a duration as the console writes it: *1 hour*, *1 hour 30 minutes*."""
    whole, rest = divmod(seconds // 60, 60)
    parts = [(whole, "hour"), (rest, "minute")]
    return " ".join(f"{n} {word}{'s' if n > 1 else ''}" for n, word in parts if n)


def duration(span: timedelta) -> str:
    """Return a span as *90 days*, *12 hours* or *1 hour 30 minutes*."""
    if span.days:
        return f"{span.days} day{'s' if span.days > 1 else ''}"
    return hours(int(span.total_seconds())) or "less than a minute"


def time_left(seconds: int) -> str:
    """Return what is left of a time: *42 minutes*."""
    if seconds <= 0:
        return "expired"
    return hours(seconds) if seconds >= 60 else "less than a minute"
