"""EC2's operations; importing this registers them."""

from console.services.ec2.actions import images, instances, launching, profile_associations

__all__ = ["images", "instances", "launching", "profile_associations"]
