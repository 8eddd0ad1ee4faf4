"""EC2's operations; importing this registers them."""

from console.services.ec2.actions import (
    connecting,
    images,
    instances,
    launching,
    profile_associations,
)

__all__ = ["connecting", "images", "instances", "launching", "profile_associations"]
