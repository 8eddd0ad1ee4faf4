"""The download of the events that match the filter."""

import csv
import io
import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from console.pages.calls import CallResult
from console.pages.cloudtrail.filters import filter_of
from console.pages.cloudtrail.history import MOST_AT_ONCE, look_up
from console.pages.cloudtrail.rows import EventRow, details_of
from console.pages.outcomes import flash_refused
from console.signin.guard import console_page
from console.spreadsheets import no_formula

_MOST = 1000


def _all(request: HttpRequest) -> tuple[list[EventRow], CallResult]:
    """Return the matching events, at most a thousand, and the last call."""
    chosen = filter_of(request.GET)
    rows: list[EventRow] = []
    token = ""
    while len(rows) < _MOST:
        looked = look_up(request, chosen, MOST_AT_ONCE, token)
        if looked.error:
            break
        rows += [EventRow.of(event) for event in looked.output["Events"]]
        token = looked.output.get("NextToken", "")
        if not token:
            break
    return rows, looked


def _plain(value: str | datetime) -> str:
    """Return a cell's text."""
    if isinstance(value, datetime):
        return value.strftime("%B %d, %Y, %H:%M:%S (UTC+00:00)")
    return no_formula(value)


def _csv(rows: list[EventRow]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    for number, row in enumerate(rows):
        cells: list[tuple[str, str | datetime]] = [
            *details_of(row),
            ("Resources", row.resource_names),
        ]
        if number == 0:
            writer.writerow([label for label, _ in cells])
        writer.writerow([_plain(value) for _, value in cells])
    return text.getvalue()


def _json(rows: list[EventRow]) -> str:
    records: dict[str, Any] = {"Records": [row.record for row in rows]}
    return json.dumps(records, indent=2, ensure_ascii=False)


_FORMATS = {"csv": (_csv, "text/csv"), "json": (_json, "application/json")}


@console_page
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the events that match the filter as CSV or JSON."""
    if kind not in _FORMATS:
        return redirect("cloudtrail_events")
    rows, looked = _all(request)
    if looked.error:
        flash_refused(request, looked)
        return redirect("cloudtrail_events")
    write, content_type = _FORMATS[kind]
    response = HttpResponse(write(rows), content_type=f"{content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="event_history.{kind}"'
    return response
