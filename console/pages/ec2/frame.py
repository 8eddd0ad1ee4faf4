"""The frame of the EC2 pages."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from console.pages.services import EC2, related_consoles
from console.signin.console import console_of
from console.ui.navigation import Crumb, Navigation, NavItem, NavSection
from iam.catalogue.regions import region_city


def ec2_frame(request: HttpRequest, trail: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """Return the frame's context; `trail` (label, URL) stands after *EC2 > Instances*."""
    instances = reverse("instances")
    navigation = Navigation(
        title="EC2",
        url=instances,
        sections=(
            NavSection((NavItem("Instances", instances, current=True),)),
            related_consoles(EC2),
        ),
    )
    crumbs = [Crumb("EC2", instances), Crumb("Instances", instances)]
    crumbs += [Crumb(label, url) for label, url in trail]
    return {
        "navigation": navigation,
        "breadcrumbs": crumbs,
        "region": region_city(console_of(request).caller.origin.region),
        "help_topic": "ec2-instances",
    }
