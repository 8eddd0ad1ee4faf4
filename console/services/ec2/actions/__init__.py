"""EC2's operations; importing this registers them."""

from console.services.ec2.actions import (
    absent,
    attributes,
    images,
    instance_connect,
    instances,
    network_parts,
    networks,
    places,
    profile_associations,
    run_instances,
    tags,
)

__all__ = [
    "absent",
    "attributes",
    "images",
    "instance_connect",
    "instances",
    "network_parts",
    "networks",
    "places",
    "profile_associations",
    "run_instances",
    "tags",
]
