"""The frame of the administrator's pages: a heading, and tabs that lead from one to the other."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.ui.tabs import PageTabs, TabLink

_PAGES = (
    ("Overview", "admin_home"),
    ("Users", "admin_users"),
    ("Classes", "admin_classes"),
    ("Labs", "admin_labs"),
    ("Scenarios", "admin_scenarios"),
    ("Sandboxes", "admin_sandboxes"),
    ("Settings", "admin_settings"),
    ("Audit", "admin_audit"),
)


def _tabs(path: str) -> PageTabs:
    """Return the pages; the one whose address begins the path is current."""
    found = [(label, reverse(name)) for label, name in _PAGES]
    here = max((url for _, url in found if path.startswith(url)), key=len, default="")
    links = [TabLink(label, url, url == here) for label, url in found]
    return PageTabs("Pages of the administration", links)


def render_admin_page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render a page of the administration (`administration/base.html`)."""
    return render(request, template, {"admin_tabs": _tabs(request.path)} | context, status=status)
