"""ec2:DescribeRegions and ec2:DescribeAvailabilityZones."""

from collections.abc import Iterable
from typing import Any

from console.services.ec2.lists import Values, filtered
from console.services.ec2.names import zones_of
from console.services.ec2.resolvers import on_all, unless_dry_run
from iam.catalogue.regions import DEFAULT_REGIONS, is_opt_in, region_codes
from iam.perform import Call, Params, Result, reads
from iam.wire.errors import AwsError

_REGION_FILTERS = {
    "endpoint": "Endpoint",
    "opt-in-status": "OptInStatus",
    "region-name": "RegionName",
}
_ZONE_FILTERS = {
    "opt-in-status": "OptInStatus",
    "region-name": "RegionName",
    "state": "State",
    "zone-id": "ZoneId",
    "zone-name": "ZoneName",
    "zone-type": "ZoneType",
}


def _refuse_unknown(what: str, asked: Iterable[str], known: Iterable[str]) -> None:
    """Raise InvalidParameterValue in EC2's words (awslabs/amazon-s3-tar-tool pull request 7)."""
    unknown = [name for name in asked if name not in set(known)]
    if unknown:
        raise AwsError("InvalidParameterValue", f"Invalid {what}: [{', '.join(unknown)}]")


def _region(code: str) -> dict[str, Any]:
    return {
        "RegionName": code,
        "Endpoint": f"ec2.{code}.amazonaws.com",
        "OptInStatus": "not-opted-in" if is_opt_in(code) else "opt-in-not-required",
    }


def _shown(shape: dict[str, Any], filters: dict[str, str]) -> Values:
    return {name: [shape[member]] for name, member in filters.items()}


def asked_regions(call: Call, params: Params, _: None) -> Result:
    """Return the requested Regions; those that nobody has enabled only if they are asked for."""
    named = params.get("RegionNames", [])
    _refuse_unknown("region", named, region_codes())
    others = sorted(region_codes() - set(DEFAULT_REGIONS)) if params.get("AllRegions") else []
    shapes = [_region(code) for code in named or [*DEFAULT_REGIONS, *others]]
    found = filtered(
        params, shapes, lambda one: _shown(one, _REGION_FILTERS), list(_REGION_FILTERS)
    )
    return {"Regions": found}


@reads("ec2:DescribeRegions", on=unless_dry_run(on_all), prepare=asked_regions)
def describe_regions(call: Call, params: Params, found: Result) -> Result:
    return found


def _zone(region: str, name: str, zone_id: str) -> dict[str, Any]:
    return {
        "State": "available",
        "OptInStatus": "opt-in-not-required",
        "Messages": [],
        "RegionName": region,
        "ZoneName": name,
        "ZoneId": zone_id,
        "GroupName": f"{region}-zg-1",
        "NetworkBorderGroup": region,
        "ZoneType": "availability-zone",
    }


def asked_zones(call: Call, params: Params, _: None) -> Result:
    """Return the requested Availability Zones of the caller's Region."""
    region = call.caller.origin.region
    shapes = [_zone(region, name, zone_id) for name, zone_id in zones_of(region).items()]
    names, ids = params.get("ZoneNames", []), params.get("ZoneIds", [])
    _refuse_unknown("availability zone", names, [one["ZoneName"] for one in shapes])
    _refuse_unknown("availability zone-id", ids, [one["ZoneId"] for one in shapes])
    named = [
        one
        for one in shapes
        if (not names or one["ZoneName"] in names) and (not ids or one["ZoneId"] in ids)
    ]
    found = filtered(params, named, lambda one: _shown(one, _ZONE_FILTERS), list(_ZONE_FILTERS))
    return {"AvailabilityZones": found}


@reads("ec2:DescribeAvailabilityZones", on=unless_dry_run(on_all), prepare=asked_zones)
def describe_availability_zones(call: Call, params: Params, found: Result) -> Result:
    return found
