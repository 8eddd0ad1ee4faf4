"""The frame of the Organizations pages."""

from typing import Any

from console.pages.service_frame import Trail, service_frame
from console.pages.services import ORGANIZATIONS

ACCOUNTS, POLICIES = "AWS accounts", "Policies"
_PAGES = {ACCOUNTS: "organization", POLICIES: "organization_policies"}


def organizations_frame(section: str, trail: Trail = ()) -> dict[str, Any]:
    """Return the frame's context; `trail` (label, URL) stands after the section's name."""
    return service_frame(ORGANIZATIONS, _PAGES, trail, page=section, help_topic="organizations")
