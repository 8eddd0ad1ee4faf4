"""The gradebook as a page and as CSV."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from console.classes.gradebook import Gradebook, gradebook_of
from console.classes.gradebook_files import csv_lines, long_rows, wide_rows
from console.classes.seats import page_of_seats, seated, seats_of
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.pages.teach.student_pages import page_number
from console.ui.search import any_matches


@class_page()
@require_safe
def gradebook(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Show points now, and where they were others when they were due: fifty students a page."""
    everybody, wanted = seats_of(taught.course_class), request.GET.get("q", "").strip()[:200]
    found = [one for one in everybody if any_matches((one.name, one.login, one.reference), wanted)]
    found.sort(key=lambda one: one.name.casefold())
    page = page_of_seats(found, page_number(request))
    book = gradebook_of(taught.course_class, seated(page.seats))
    context = {
        "book": book,
        "rows": [(row, taught.name_of(row.enrollment)) for row in book.rows],
        "students": len(everybody),
        "found": len(found),
        "wanted": wanted,
        "page": page,
        "page_query": urlencode({"q": wanted}),
    }
    return render_class_page(request, "teach/gradebook/book.html", taught, context)


def _file(
    taught: TaughtClass, rows: Callable[[Gradebook], Iterator[list[Any]]], suffix: str
) -> StreamingHttpResponse:
    book = gradebook_of(taught.course_class)
    response = StreamingHttpResponse(csv_lines(rows(book)), content_type="text/csv; charset=utf-8")
    name = re.sub(r"[^a-z0-9]+", "-", taught.course_class.name.lower()).strip("-") or "class"
    response["Content-Disposition"] = f'attachment; filename="{name}-{suffix}.csv"'
    return response


@class_page()
@require_safe
def gradebook_csv(request: HttpRequest, taught: TaughtClass) -> HttpResponseBase:
    """Download a line for each student."""
    del request
    return _file(taught, wide_rows, "gradebook")


@class_page()
@require_safe
def gradebook_long_csv(request: HttpRequest, taught: TaughtClass) -> HttpResponseBase:
    """Download a line for each student and task."""
    del request
    return _file(taught, long_rows, "gradebook-long")
