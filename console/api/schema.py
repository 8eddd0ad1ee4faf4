"""The schema of the API, and the page that shows it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

_METHODS = ("get", "post", "put", "patch", "delete")


@lru_cache(maxsize=1)
def api_schema() -> dict[str, Any]:
    """Return the OpenAPI document, made once in each process."""
    generator: Any = SchemaGenerator
    found: dict[str, Any] = generator().get_schema(request=None, public=True)
    return found


@lru_cache(maxsize=1)
def _schema_text() -> str:
    return json.dumps(api_schema(), ensure_ascii=False, default=str)


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Send the OpenAPI document as JSON; it is the same for everybody."""
    del request
    return HttpResponse(_schema_text(), content_type="application/vnd.oai.openapi+json")


@dataclass(frozen=True)
class Route:
    """A route as the page lists it without JavaScript."""

    method: str
    path: str
    summary: str
    scope: str


def routes_of(document: dict[str, Any]) -> Iterator[tuple[str, Route]]:
    """Yield each route with its area."""
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                one = item[method]
                route = Route(method.upper(), path, one.get("summary", ""), one["x-scope"])
                yield one["tags"][0], route


@lru_cache(maxsize=1)
def _areas() -> dict[str, list[Route]]:
    found: dict[str, list[Route]] = {}
    for area, route in routes_of(api_schema()):
        found.setdefault(area, []).append(route)
    return found


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show every route, in a list and by Swagger UI."""
    context = {"areas": _areas(), "schema_url": reverse("api_schema")}
    return render(request, "api/docs.html", context)
