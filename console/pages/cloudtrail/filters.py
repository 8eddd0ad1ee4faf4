"""The filter of the event history: at most one attribute, and a time range."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import QueryDict

ATTRIBUTES = {
    "AccessKeyId": "AWS access key",
    "EventId": "Event ID",
    "EventName": "Event name",
    "EventSource": "Event source",
    "ReadOnly": "Read-only",
    "ResourceName": "Resource name",
    "ResourceType": "Resource type",
    "Username": "User name",
}
RANGES = {
    "all": "All (90 days)",
    "30m": "Last 30 minutes",
    "1h": "Last 1 hour",
    "12h": "Last 12 hours",
    "1d": "Last 1 day",
    "custom": "Custom range",
}
_LENGTHS = {
    "30m": timedelta(minutes=30),
    "1h": timedelta(hours=1),
    "12h": timedelta(hours=12),
    "1d": timedelta(days=1),
}


@dataclass(frozen=True)
class Filter:
    """The filter of an address; `error` names what is wrong with a custom range."""

    attribute: str = "ReadOnly"
    value: str = "false"
    range: str = "all"
    start: str = ""
    end: str = ""
    error: str = ""

    @property
    def label(self) -> str:
        return ATTRIBUTES.get(self.attribute, "")

    @property
    def is_default(self) -> bool:
        """Return whether the filter is the console's default: events that change something."""
        return (self.attribute, self.value) == ("ReadOnly", "false")

    @property
    def is_set(self) -> bool:
        return bool(self.attribute and self.value)

    def query(self, *, attribute: bool = True) -> dict[str, str]:
        """Return the filter as a query string, with or without its attribute."""
        parts = {"attribute": "", "range": self.range, "start": self.start, "end": self.end}
        if attribute:
            parts |= {"attribute": self.attribute, "value": self.value}
        return {key: value for key, value in parts.items() if value or key == "attribute"}

    def params(self, now: datetime) -> dict[str, Any]:
        params: dict[str, Any] = {}
        if self.is_set:
            one = {"AttributeKey": self.attribute, "AttributeValue": self.value}
            params["LookupAttributes"] = [one]
        if self.range in _LENGTHS:
            params["StartTime"] = now - _LENGTHS[self.range]
        elif self.range == "custom":
            for name, typed in (("StartTime", self.start), ("EndTime", self.end)):
                moment = _moment(typed)
                if moment is not None:
                    params[name] = moment
        return params


def _moment(typed: str) -> datetime | None:
    """Return a time in UTC from what an input of type datetime-local sends."""
    try:
        moment = datetime.fromisoformat(typed)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _range_error(start: str, end: str) -> str:
    for typed in (start, end):
        if typed and _moment(typed) is None:
            return f"{typed} is not a date and time such as 2026-05-28T12:00."
    first, last = _moment(start), _moment(end)
    if first and last and first > last:
        return "The end time must be after the start time."
    return ""


def filter_of(query: QueryDict) -> Filter:
    """Return the filter of an address; without any it is the console's default."""
    chosen = query.get("range", "all")
    range_ = chosen if chosen in RANGES else "all"
    start, end = query.get("start", "").strip(), query.get("end", "").strip()
    if range_ != "custom":
        start = end = ""
    error = _range_error(start, end)
    if "attribute" not in query:
        return Filter(range=range_, start=start, end=end, error=error)
    attribute = query["attribute"] if query["attribute"] in ATTRIBUTES else ""
    value = query.get("value", "").strip() if attribute else ""
    if attribute == "ReadOnly" and value not in {"true", "false"}:
        value = "false"
    return Filter(attribute, value[:2000], range_, start, end, error)
