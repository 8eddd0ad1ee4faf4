"""CloudTrail's operations; importing this package registers them."""

from console.services.cloudtrail.actions import lookups

__all__ = ["lookups"]
