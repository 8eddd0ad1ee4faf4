"""Times as AWS writes them: in UTC, to the second, in ISO 8601's two formats."""

from datetime import UTC, datetime


def iso8601(moment: datetime) -> str:
    """Return a time such as 2020-09-17T20:04:10Z."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def basic(moment: datetime) -> str:
    """Return a time in the basic format, such as 20200917T200410Z."""
    return iso8601(moment).replace("-", "").replace(":", "")
