"""The start of a world as JSON."""

from collections.abc import Mapping
from typing import Any

from console.labs.checks import Start
from iam import catalogue
from iam.analysis import Access
from iam.authorization import AppliedPolicy


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
        "policies": {who: [_kept(one) for one in own] for who, own in start.policies.items()},
    }


def _kept(policy: AppliedPolicy) -> dict[str, Any]:
    """Return a policy as data; the catalogue has the texts of AWS's own."""
    known = catalogue.managed_policy(policy.arn)
    text = "" if known is not None and known.document == policy.text else policy.text
    kept = {
        name: value for name, usual in _USUAL.items() if (value := getattr(policy, name)) != usual
    }
    return {"layer": policy.layer, "name": policy.name, "text": text, **kept}


def _restored(kept: Mapping[str, Any]) -> AppliedPolicy:
    known = None if kept["text"] else catalogue.managed_policy(kept.get("arn", ""))
    return AppliedPolicy(**{**kept, "text": known.document if known else kept["text"]})


_USUAL = {"attached": "directly", "arn": "", "version": "", "bound": {}, "level": 0}
"""What most policies have: it is not kept."""


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
    policies = {
        who: tuple(_restored(one) for one in own) for who, own in data.get("policies", {}).items()
    }
    ids = frozenset(data["unique_ids"])
    return Start(ids, access, data.get("saved", {}), buckets, policies)
