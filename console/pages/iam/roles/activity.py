"""When a role was last used, as GetRole tells it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any


def last_used(role: Mapping[str, Any]) -> datetime | None:
    """Return when a session of AWS's Role last made a call."""
    found: datetime | None = role.get("RoleLastUsed", {}).get("LastUsedDate")
    return found
