"""Every address of the site, read from its URL patterns."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from django.urls import URLPattern, URLResolver, get_resolver

_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


def _patterns(resolver: URLResolver, before: str) -> Iterator[tuple[URLPattern, str]]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one, route)
        else:
            yield one, route


OF_TEACHERS = ("teach/", "api/", "lti/")
"""How addresses begin that are for teachers and other systems, never for a lab's student."""


def routes(*, admin: bool = False) -> dict[str, str]:
    found = ((str(p.name), r) for p, r in _patterns(get_resolver(), "") if p.name)
    return {name: route for name, route in found if route.startswith("admin/") == admin}


def arguments(route: str) -> list[str]:
    return _ARGUMENT.findall(route)


def address(route: str, values: Mapping[str, Any]) -> str:
    """Return the address a route gives for these values, 1 where there is none."""
    return "/" + _ARGUMENT.sub(lambda found: quote(str(values.get(found[1], "1")), safe=""), route)
