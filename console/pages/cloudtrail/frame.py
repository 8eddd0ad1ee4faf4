"""What every CloudTrail page puts around its content."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from console.ui.navigation import Crumb, Navigation, NavItem, NavSection


def cloudtrail_frame(trail: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """Return the frame's context; `trail` (label, URL) stands after *Event history*."""
    history = reverse("cloudtrail_events")
    navigation = Navigation(
        title="CloudTrail",
        url=history,
        sections=[
            NavSection([NavItem("Event history", history, current=True)]),
            NavSection(
                [
                    NavItem("IAM: users and roles", reverse("iam_dashboard")),
                    NavItem("S3: buckets", reverse("buckets")),
                ],
                heading="Related consoles",
                divided=True,
            ),
        ],
    )
    crumbs = [Crumb("CloudTrail", history), Crumb("Event history", history)]
    crumbs += [Crumb(label, url) for label, url in trail]
    return {
        "navigation": navigation,
        "breadcrumbs": crumbs,
        "region": "N. Virginia",
        "help_topic": "event-history",
    }
