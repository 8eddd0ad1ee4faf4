"""The start of a world as JSON."""

from collections.abc import Mapping
from typing import Any

from console.labs.checks import Start
from iam.analysis import Access


def start_data(start: Start) -> dict[str, Any]:
    access = {
        who: {"own": sorted(one.own), "roles": sorted(one.roles), "reached": sorted(one.reached)}
        for who, one in start.access.items()
    }
    return {
        "unique_ids": sorted(start.unique_ids),
        "access": access,
        "saved": dict(start.saved),
        "buckets": sorted(start.buckets),
    }


def start_from(data: Mapping[str, Any]) -> Start:
    access = {
        who: Access(
            own=frozenset((action, resource) for action, resource in one["own"]),
            roles=frozenset(one["roles"]),
            reached=frozenset((action, resource) for action, resource in one["reached"]),
        )
        for who, one in data["access"].items()
    }
    buckets = frozenset(data.get("buckets", ()))
    return Start(frozenset(data["unique_ids"]), access, data.get("saved", {}), buckets)
