"""Looking up the event history."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from console.services.cloudtrail.tokens import PagePosition, place_of
from iam.models import Event
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, reads
from iam.wire.errors import AwsError

KEPT = timedelta(days=90)
MAX_RESULTS = 50

Rows = QuerySet[Event]


def _event_id(value: str) -> Q:
    try:
        return Q(event_id=UUID(value))
    except ValueError:
        return Q(pk__in=())


def _text(field: str) -> Callable[[str], Q]:
    return lambda value: Q(**{field: value})


_FILTERS: dict[str, Callable[[str], Q]] = {
    "EventId": _event_id,
    "EventName": _text("name"),
    "EventSource": _text("source"),
    "Username": _text("user_name"),
    "AccessKeyId": _text("access_key_id"),
    "ReadOnly": lambda value: Q(read_only=value == "true"),
}
_IN_RESOURCES = {"ResourceType", "ResourceName"}


def on_history(call: Call, params: Params) -> Resolution:
    return Resolution(checks=(PermissionCheck("cloudtrail:LookupEvents", names_resource=False),))


def _attribute(params: Params) -> tuple[str, str] | None:
    attributes = params.get("LookupAttributes", [])
    if len(attributes) > 1:
        raise AwsError(
            "InvalidLookupAttributesException",
            "Only one lookup attribute can be specified.",
            members=("LookupAttributes",),
        )
    if not attributes:
        return None
    key, value = attributes[0]["AttributeKey"], attributes[0]["AttributeValue"]
    if key == "ReadOnly" and value not in {"true", "false"}:
        raise AwsError(
            "InvalidLookupAttributesException",
            "The value of the lookup attribute ReadOnly must be true or false.",
            members=("LookupAttributes",),
        )
    return key, value


def _in_time(call: Call, params: Params) -> Rows:
    """Return the account's management events in a time range, newest first."""
    start, end = params.get("StartTime"), params.get("EndTime")
    if start and end and start > end:
        message = "The end time must be after the start time."
        members = ("StartTime", "EndTime")
        raise AwsError("InvalidTimeRangeException", message, members=members)
    oldest = call.caller.now - KEPT
    rows: Rows = Event.in_sandbox(call.caller.sandbox).filter(
        account_id=call.caller.account_id,
        management=True,
        time__gte=max(start, oldest) if start else oldest,
    )
    return rows.filter(time__lte=end) if end else rows


def _with_resource(rows: Rows, key: str, value: str) -> Rows:
    """Return the events that name a resource; the two databases have no common query for it."""
    found = [
        pk
        for pk, resources in rows.values_list("pk", "resources")
        if any(one.get(key) == value for one in resources)
    ]
    return rows.filter(pk__in=found[: MAX_RESULTS + 1])


def _shown(event: Event) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "EventId": str(event.event_id),
        "EventName": event.name,
        "ReadOnly": "true" if event.read_only else "false",
        "EventTime": event.time,
        "EventSource": event.source,
        "Resources": list(event.resources),
        "CloudTrailEvent": json.dumps(event.record, ensure_ascii=False),
    }
    if event.access_key_id:
        shown["AccessKeyId"] = event.access_key_id
    if event.user_name:
        shown["Username"] = event.user_name
    return shown


@dataclass(frozen=True)
class Lookup:
    """The requested events after the page's token, and the requested attribute."""

    rows: Rows
    attribute: tuple[str, str] | None


def asked_events(call: Call, params: Params, subject: None) -> Lookup:
    """Read a lookup from a request; raises AwsError."""
    attribute = _attribute(params)
    rows = _in_time(call, params).order_by("-time", "-pk")
    if params.get("EventCategory") == "insight":
        rows = rows.none()
    if "NextToken" in params:
        rows = rows.filter(place_of(params["NextToken"]).older())
    return Lookup(rows, attribute)


@reads("cloudtrail:LookupEvents", on=on_history, prepare=asked_events)
def lookup_events(call: Call, params: Params, asked: Lookup) -> Result:
    """Return a page of events that match at most one attribute, newest first."""
    rows, attribute = asked.rows, asked.attribute
    if attribute and attribute[0] in _IN_RESOURCES:
        rows = _with_resource(rows, *attribute)
    elif attribute:
        rows = rows.filter(_FILTERS[attribute[0]](attribute[1]))
    size = params.get("MaxResults", MAX_RESULTS)
    found = list(rows.defer("decisions")[: size + 1])
    result: dict[str, Any] = {"Events": [_shown(event) for event in found[:size]]}
    if len(found) > size:
        result["NextToken"] = PagePosition.of(found[size - 1]).token()
    return result
