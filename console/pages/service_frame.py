"""The frame of the pages of a service, and its page with a list of resources."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.pages.services import ConsoleService, related_consoles
from console.ui.navigation import Crumb, Navigation, NavItem, NavSection
from console.ui.tables import TableView

Trail = Sequence[tuple[str, str]]
"""Labels and addresses of breadcrumbs."""


def service_frame(
    service: ConsoleService,
    pages: Mapping[str, str],
    trail: Trail = (),
    *,
    help_topic: str,
    page: str = "",
    heading: str = "",
) -> dict[str, Any]:
    """Return the context of a global service's frame; `trail` stands after the current page.

    `pages` are the labels of the side navigation with their URL names; the first is the home.
    """
    current = page or next(iter(pages))
    urls = {label: reverse(name) for label, name in pages.items()}
    home = next(iter(urls.values()))
    items = tuple(NavItem(label, url, current=label == current) for label, url in urls.items())
    crumbs = [Crumb(service.title, home), Crumb(current, urls[current])]
    return {
        "navigation": Navigation(
            title=heading or service.title,
            url=home,
            sections=(NavSection(items), related_consoles(service)),
        ),
        "breadcrumbs": [*crumbs, *(Crumb(label, url) for label, url in trail)],
        "region": "",
        "help_topic": help_topic,
    }


def list_page(
    request: HttpRequest,
    frame: Mapping[str, Any],
    table: TableView,
    *,
    title: str,
    removes: tuple[str, str],
    creates: tuple[str, str],
) -> HttpResponse:
    """Show a list of resources with its buttons, each a label and a URL name."""
    context = {
        **frame,
        "table": table,
        "title": title,
        "here": request.path,
        "remove_label": removes[0],
        "remove_url": reverse(removes[1]),
        "create_label": creates[0],
        "create_url": reverse(creates[1]),
    }
    return render(request, "console/resource_list.html", context)
