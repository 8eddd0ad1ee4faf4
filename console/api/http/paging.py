"""Lists in pages."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

T = TypeVar("T", bound=Model)


class Paging(PageNumberPagination):
    """Fifty rows a page, or as many as `page_size` says, up to 200."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"


def answer_page(
    request: Request,
    rows: "QuerySet[T] | Sequence[Any]",
    shape: type[serializers.BaseSerializer[Any]],
    view_of: Callable[[Sequence[Any]], Sequence[Any]] = lambda rows: rows,
    **more: Any,
) -> Response:
    """Return a page of rows; `view_of` makes what is shown of the rows of the page alone."""
    paging = Paging()
    try:
        found = paging.paginate_queryset(rows, request)
    except NotFound:
        raise NotFound("There is no such page. Follow `next` of the page before.") from None
    shown = shape(view_of(found or []), many=True, context={"request": request})
    page = paging.get_paginated_response(shown.data)
    page.data = {**more, **page.data}
    return page


@cache
def page_of(
    shape: type[serializers.Serializer[Any]], since: bool = False
) -> type[serializers.Serializer[Any]]:
    """Return the shape of a page of things; with `since` also what to ask for changes with."""
    fields: dict[str, Any] = {
        "count": serializers.IntegerField(help_text="How many there are on all pages."),
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "results": shape(many=True),
    }
    if since:
        help_text = "Send it as `?since=` to get only what has changed."
        fields = {"since": serializers.CharField(help_text=help_text), **fields}
    name = f"PageOf{shape.__name__}" + ("Since" if since else "")
    return type(name, (serializers.Serializer,), {**fields, "__doc__": "A page of a list."})
