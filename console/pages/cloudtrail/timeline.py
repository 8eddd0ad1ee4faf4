"""The event history as a timeline: a lane for each principal, a column for each event."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.cloudtrail.event_lanes import lanes_of
from console.pages.cloudtrail.event_pages import next_url, previous_url, token_of
from console.pages.cloudtrail.filters import filter_of
from console.pages.cloudtrail.frame import cloudtrail_frame
from console.pages.cloudtrail.history import look_up, lookup_context
from console.pages.cloudtrail.rows import EventRow
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.timelines import Moment, timeline_of

_AT_ONCE = 20


@console_page
def cloudtrail_timeline(request: HttpRequest) -> HttpResponse:
    """Show a page of the event history, the oldest event of the page at the left."""
    chosen = filter_of(request.GET)
    looked = look_up(request, chosen, _AT_ONCE, token_of(request))
    rows = [EventRow.of(event) for event in reversed(looked.rows("Events"))]
    lanes = lanes_of(console_of(request), rows)
    title = "Who called what, and when: the event history as a table says the same"
    context: dict[str, Any] = {
        **cloudtrail_frame([("Timeline", "")]),
        **lookup_context(request, chosen, "cloudtrail_timeline"),
        "refused": looked,
        "rows": rows,
        "lanes": lanes,
        "timeline": timeline_of(title, [Moment(row.time, row.name) for row in rows], lanes),
        "older_url": next_url(request, looked.output.get("NextToken", "")),
        "newer_url": previous_url(request),
    }
    return render(request, "cloudtrail/timeline.html", context)
