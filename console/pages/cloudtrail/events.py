"""The page of one event, and the comparison of several."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from console.pages.calls import CallResult, call
from console.pages.cloudtrail.explained import why_url
from console.pages.cloudtrail.frame import cloudtrail_frame
from console.pages.cloudtrail.rows import EventRow, details_of
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.flash import flash_error

_MOST_COMPARED = 5


def _look_up_one(request: HttpRequest, event_id: str) -> tuple[CallResult, EventRow | None]:
    attribute = {"AttributeKey": "EventId", "AttributeValue": event_id}
    looked = call(request, "cloudtrail:LookupEvents", LookupAttributes=[attribute])
    found = looked.output.get("Events", [])
    return looked, EventRow.of(found[0]) if found else None


@console_page
def event(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Show one event: details, resources referenced, record."""
    looked, row = _look_up_one(request, str(event_id))
    title = row.name if row else "Event"
    context = {
        **cloudtrail_frame([(title, "")]),
        "title": title,
        "row": row,
        "details": details_of(row) if row else [],
        "why_url": why_url(console_of(request), row) if row else "",
        "refused": looked,
    }
    status = 404 if row is None and not looked.error else 200
    return render(request, "cloudtrail/event.html", context, status=status)


@console_page
def compare(request: HttpRequest) -> HttpResponse:
    """Show up to five events side by side."""
    chosen = list(dict.fromkeys(filter(None, request.GET.getlist("selected"))))
    if not 2 <= len(chosen) <= _MOST_COMPARED:
        flash_error(request, "Select two to five events to compare.")
        return redirect("cloudtrail_events")
    looked = [_look_up_one(request, event_id) for event_id in chosen]
    rows = [row for _, row in looked if row is not None]
    columns = [details_of(row) for row in rows]
    context = {
        **cloudtrail_frame([("Compare event details", "")]),
        "rows": rows,
        "lines": [
            (line[0][0], [value for _, value in line], len({value for _, value in line}) > 1)
            for line in zip(*columns, strict=True)
        ],
        "refused": next((result for result, _ in looked if result.error), CallResult()),
    }
    return render(request, "cloudtrail/compare.html", context)
