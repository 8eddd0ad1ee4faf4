"""The frame of the Organizations pages."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from console.pages.services import ORGANIZATIONS, related_consoles
from console.ui.navigation import Crumb, Navigation, NavItem, NavSection

ACCOUNTS, POLICIES = "AWS accounts", "Policies"


def organizations_frame(section: str, trail: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """Return the frame's context; `trail` (label, URL) stands after the section's name."""
    home = reverse("organization")
    sections = {ACCOUNTS: home, POLICIES: reverse("organization_policies")}
    items = (NavItem(name, url, current=name == section) for name, url in sections.items())
    crumbs = [Crumb("AWS Organizations", home), Crumb(section, sections[section])]
    crumbs += [Crumb(label, url) for label, url in trail]
    return {
        "navigation": Navigation(
            title="AWS Organizations",
            url=home,
            sections=(NavSection(tuple(items)), related_consoles(ORGANIZATIONS)),
        ),
        "breadcrumbs": crumbs,
        "region": "",
        "help_topic": "organizations",
    }
