"""The frame of the CloudTrail pages."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from console.pages.services import CLOUDTRAIL, related_consoles
from console.ui.navigation import Crumb, Navigation, NavItem, NavSection
from iam.catalogue.regions import HOME_REGION, region_city


def cloudtrail_frame(
    trail: Sequence[tuple[str, str]] = (), *, section: str = "Event history"
) -> dict[str, Any]:
    """Return the frame's context; `trail` (label, URL) stands after the section's name."""
    history = reverse("cloudtrail_events")
    sections = {"Event history": history, "Trails": reverse("trails")}
    navigation = Navigation(
        title="CloudTrail",
        url=history,
        sections=(
            NavSection(
                tuple(NavItem(name, url, current=name == section) for name, url in sections.items())
            ),
            related_consoles(CLOUDTRAIL),
        ),
    )
    crumbs = [Crumb("CloudTrail", history), Crumb(section, sections[section])]
    crumbs += [Crumb(label, url) for label, url in trail]
    return {
        "navigation": navigation,
        "breadcrumbs": crumbs,
        "region": region_city(HOME_REGION),
        "help_topic": "trails" if section == "Trails" else "event-history",
    }
