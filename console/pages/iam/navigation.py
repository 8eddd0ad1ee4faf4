"""The frame of the IAM pages: left navigation, breadcrumbs, Region."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse

from console.pages.services import IAM, related_consoles
from console.ui.navigation import Crumb, Navigation, NavItem, NavSection

SERVICE = "Identity and Access Management (IAM)"
LISTS = {
    "groups": "User groups",
    "users": "Users",
    "roles": "Roles",
    "policies": "Policies",
    "providers": "Identity providers",
}


@lru_cache(maxsize=256)
def _navigation(current: str, prefix: str) -> Navigation:
    """Return the navigation in the console whose addresses have this prefix."""
    del prefix

    def item(label: str, name: str) -> NavItem:
        return NavItem(label, reverse(name), current=name == current)

    lists = [item(label, name) for name, label in LISTS.items()]
    return Navigation(
        title=SERVICE,
        url=reverse("iam_dashboard"),
        search="Search IAM",
        sections=(
            NavSection((item("Dashboard", "iam_dashboard"),)),
            NavSection(
                (*lists, item("Account settings", "account_settings")),
                heading="Access management",
            ),
            NavSection(
                (
                    item("Access Analyzer", "access_analyzer"),
                    item("Credential report", "credential_report"),
                    item("Policy simulator", "simulator"),
                ),
                heading="Access reports",
            ),
            NavSection(
                (
                    item("Access map", "access_map"),
                    item("Temporary credentials", "temporary_credentials"),
                ),
                heading="Rolecall tools",
            ),
            related_consoles(IAM),
        ),
    )


def iam_frame(
    request: HttpRequest, current: str, trail: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """Return the frame's context; `current` is a URL name, `trail` the (label, URL) after *IAM*."""
    crumbs = [Crumb("IAM", reverse("iam_dashboard"))]
    crumbs += [Crumb(label, url) for label, url in trail]
    return {
        "navigation": _navigation(current, get_script_prefix()),
        "breadcrumbs": crumbs,
        "region": "",
    }
