"""The gradebook as a page and as CSV."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from console.classes.gradebook import Gradebook, csv_lines, gradebook_of, long_rows, wide_rows
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page


@class_page()
@require_safe
def gradebook(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Show everybody's points now, and where they were others when they were due."""
    book = gradebook_of(taught.course_class)
    return render_class_page(request, "teach/gradebook/book.html", taught, {"book": book})


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
