"""CloudTrail's operations; importing this package registers them."""

from console.services.cloudtrail.actions import (
    absent,
    event_selectors,
    logging,
    lookups,
    tags,
    trails,
)

__all__ = ["absent", "event_selectors", "logging", "lookups", "tags", "trails"]
