"""CloudTrail's operations; importing this package registers them."""

from console.services.cloudtrail.actions import event_selectors, logging, lookups, tags, trails

__all__ = ["event_selectors", "logging", "lookups", "tags", "trails"]
