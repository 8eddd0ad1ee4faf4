"""The frame of the CloudTrail pages."""

from typing import Any

from console.pages.service_frame import Trail, service_frame
from console.pages.services import CLOUDTRAIL
from iam.catalogue.regions import HOME_REGION, region_city

_PAGES = {"Event history": "cloudtrail_events", "Trails": "trails"}


def cloudtrail_frame(trail: Trail = (), *, section: str = "Event history") -> dict[str, Any]:
    """Return the frame's context; `trail` (label, URL) stands after the section's name."""
    topic = "trails" if section == "Trails" else "event-history"
    frame = service_frame(CLOUDTRAIL, _PAGES, trail, page=section, help_topic=topic)
    return {**frame, "region": region_city(HOME_REGION)}
