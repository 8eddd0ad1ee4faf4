"""Instances as rows of tables."""

from collections.abc import Mapping
from typing import Any

from iam.arns import name_in
from iam.wire.tags import tags_of


def rows_of(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the instances of a DescribeInstances result as rows."""
    return [
        row_of(instance)
        for reservation in result.get("Reservations", ())
        for instance in reservation["Instances"]
    ]


def row_of(instance: Mapping[str, Any]) -> dict[str, Any]:
    """Return an instance with its name, state, zone and profile in words."""
    tags = tags_of(instance.get("Tags", ()))
    arn = instance.get("IamInstanceProfile", {}).get("Arn", "")
    return {
        **instance,
        "tags": tags,
        "name": tags.get("Name", ""),
        "state": instance["State"]["Name"].capitalize(),
        "zone": instance["Placement"]["AvailabilityZone"],
        "profile_arn": arn,
        "profile": name_in(arn),
        "tokens": instance["MetadataOptions"]["HttpTokens"].capitalize(),
    }
