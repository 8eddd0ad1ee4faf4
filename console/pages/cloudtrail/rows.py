"""Events as rows of a table, columns of a comparison, and lines of a file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from console.ui.tables import Column, Empty, RefusedRows, Table


@dataclass(frozen=True)
class EventRow:
    """One event of LookupEvents with its record parsed."""

    found: Mapping[str, Any]
    record: Mapping[str, Any]

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> "EventRow":
        return cls(found, json.loads(found["CloudTrailEvent"]))

    @property
    def id(self) -> str:
        return str(self.found["EventId"])

    @property
    def name(self) -> str:
        return str(self.found["EventName"])

    @property
    def time(self) -> datetime:
        moment: datetime = self.found["EventTime"]
        return moment

    @property
    def url(self) -> str:
        return reverse("event", args=[self.id])

    @property
    def resource_types(self) -> str:
        return ", ".join(one["ResourceType"] for one in self.found["Resources"])

    @property
    def resource_names(self) -> str:
        return ", ".join(one["ResourceName"] for one in self.found["Resources"])

    @property
    def text(self) -> str:
        return json.dumps(self.record, indent=4, ensure_ascii=False)

    def recorded(self, name: str) -> str:
        value = self.record.get(name)
        return "" if value is None else str(value)


def _found(name: str) -> Any:
    return lambda row: row.found.get(name, "")


def _recorded(name: str) -> Any:
    return lambda row: row.recorded(name)


COLUMNS = [
    Column("name", "Event name", link=lambda row: row.url, sortable=False),
    Column("time", "Event time", kind="time", sortable=False),
    Column("user", "User name", value=_found("Username"), sortable=False),
    Column("source", "Event source", value=_found("EventSource"), sortable=False),
    Column("resource_types", "Resource type", kind="wrap", sortable=False),
    Column("resource_names", "Resource name", kind="wrap", sortable=False),
    Column("error", "Error code", value=_recorded("errorCode"), sortable=False, visible=False),
    Column("read_only", "Read-only", value=_found("ReadOnly"), sortable=False, visible=False),
    Column("key", "AWS access key", value=_found("AccessKeyId"), sortable=False, visible=False),
    Column("id", "Event ID", kind="code", sortable=False, visible=False),
    Column("region", "AWS region", value=_recorded("awsRegion"), sortable=False, visible=False),
    Column(
        "address",
        "Source IP address",
        value=_recorded("sourceIPAddress"),
        sortable=False,
        visible=False,
    ),
]
EVENTS = Table(
    id="events",
    title="Event history",
    description="Event history shows you the last 90 days of management events.",
    info="event-history",
    search="",
    selection="checkbox",
    row_key="id",
    page_size=25,
    counted=False,
    columns=COLUMNS,
    empty=Empty("No matches", "No event in this time range matches the filter."),
    refused=RefusedRows(
        "You don't have permissions to look up events",
        "The events could not be looked up",
        "After you or your AWS administrator has updated your permissions to allow the "
        "cloudtrail:LookupEvents action, refresh the page.",
    ),
)


def details_of(row: EventRow) -> list[tuple[str, str | datetime]]:
    """Return an event's labels and values for its page and for a comparison."""
    return [
        ("Event time", row.time),
        ("User name", str(row.found.get("Username", ""))),
        ("Event name", row.name),
        ("Event source", str(row.found["EventSource"])),
        ("AWS access key", str(row.found.get("AccessKeyId", ""))),
        ("Source IP address", row.recorded("sourceIPAddress")),
        ("Event ID", row.id),
        ("Request ID", row.recorded("requestID")),
        ("AWS region", row.recorded("awsRegion")),
        ("Error code", row.recorded("errorCode")),
        ("Read-only", str(row.found["ReadOnly"])),
    ]
