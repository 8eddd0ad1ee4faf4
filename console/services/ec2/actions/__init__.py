"""EC2's operations; importing this registers them."""

from console.services.ec2.actions import (
    images,
    instance_connect,
    instances,
    places,
    profile_associations,
    run_instances,
    tags,
)

__all__ = [
    "images",
    "instance_connect",
    "instances",
    "places",
    "profile_associations",
    "run_instances",
    "tags",
]
