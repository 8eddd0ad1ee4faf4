"""EC2's operations; importing this registers them."""

from console.services.ec2.actions import (
    absent,
    images,
    instance_connect,
    instances,
    networks,
    places,
    profile_associations,
    run_instances,
    tags,
)

__all__ = [
    "absent",
    "images",
    "instance_connect",
    "instances",
    "networks",
    "places",
    "profile_associations",
    "run_instances",
    "tags",
]
