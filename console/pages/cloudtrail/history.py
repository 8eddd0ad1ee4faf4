"""The event history, page by page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from console.pages.calls import CallResult, call
from console.pages.cloudtrail.event_pages import paged, token_of
from console.pages.cloudtrail.filters import ATTRIBUTES, RANGES, Filter, filter_of
from console.pages.cloudtrail.frame import cloudtrail_frame
from console.pages.cloudtrail.rows import COLUMNS, EVENTS, EventRow
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.preferences import Preferences, table_preferences

MOST_AT_ONCE = 50


def _page_size(request: HttpRequest) -> int:
    visible = tuple(column.key for column in COLUMNS if column.visible)
    default = Preferences(EVENTS.page_size, visible)
    return min(table_preferences(request, EVENTS.id, "", default).size, MOST_AT_ONCE)


def look_up(request: HttpRequest, chosen: Filter, size: int, token: str = "") -> CallResult:
    """Return one page of events; none where the filter is wrong."""
    if chosen.error:
        return CallResult({"Events": []})
    params: dict[str, Any] = chosen.params(console_of(request).caller.now)
    params["MaxResults"] = size
    if token:
        params["NextToken"] = token
    return call(request, "cloudtrail:LookupEvents", **params)


def lookup_context(request: HttpRequest, chosen: Filter, page: str) -> dict[str, Any]:
    """Return what the form of the filter shows on one of the pages that have it."""
    return {
        "chosen": chosen,
        "attributes": ATTRIBUTES,
        "ranges": RANGES,
        "here": reverse(page),
        "clear_url": "?" + urlencode(chosen.query(attribute=False)),
        "query": urlencode(chosen.query()),
    }


@console_page
def cloudtrail_events(request: HttpRequest) -> HttpResponse:
    """Show a page of the account's management events."""
    chosen = filter_of(request.GET)
    looked = look_up(request, chosen, _page_size(request), token_of(request))
    rows = [EventRow.of(event) for event in looked.rows("Events")]
    view = EVENTS.view(request, rows, refused=looked)
    context = {
        **cloudtrail_frame(),
        **lookup_context(request, chosen, "cloudtrail_events"),
        "table": paged(view, looked.output.get("NextToken", "")),
    }
    return render(request, "cloudtrail/events.html", context)
