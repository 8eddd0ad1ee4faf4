"""What a new account has of networks and disks: a default VPC, no volumes and no snapshots."""

from collections.abc import Sequence
from typing import Any

from console.services.ec2.errors import malformed_id
from console.services.ec2.lists import filtered, page_of
from console.services.ec2.names import fixed_id, is_id
from console.services.ec2.resolvers import on_all, unless_dry_run
from console.services.ec2.shapes import network_of
from iam.perform import Call, Params, Result, reads
from iam.wire.errors import AwsError

_VPC_FILTERS = {
    "cidr": "CidrBlock",
    "dhcp-options-id": "DhcpOptionsId",
    "is-default": "IsDefault",
    "isDefault": "IsDefault",
    "owner-id": "OwnerId",
    "state": "State",
    "vpc-id": "VpcId",
}
_TAGS = ("tag-key",)
_NONE: tuple[dict[str, Any], ...] = ()
_VOLUME_FILTERS = (
    "attachment.attach-time", "attachment.delete-on-termination", "attachment.device",
    "attachment.instance-id", "attachment.status", "availability-zone", "availability-zone-id",
    "create-time", "encrypted", "fast-restored", "multi-attach-enabled", "operator.managed",
    "operator.principal", "size", "snapshot-id", "status", "volume-id", "volume-type", *_TAGS,
)  # fmt: skip
_SNAPSHOT_FILTERS = (
    "description", "encrypted", "owner-alias", "owner-id", "progress", "snapshot-id", "start-time",
    "status", "storage-tier", "transfer-type", "volume-id", "volume-size", *_TAGS,
)  # fmt: skip


def _default_vpc(account_id: str, region: str) -> dict[str, Any]:
    """Return the default VPC with its range of addresses (VPC user guide, *Default VPCs*)."""
    block = "172.31.0.0/16"
    association = {
        "AssociationId": fixed_id("vpc-cidr-assoc", account_id, region),
        "CidrBlock": block,
        "CidrBlockState": {"State": "associated"},
    }
    return {
        "VpcId": network_of(account_id, region)["VpcId"],
        "OwnerId": account_id,
        "State": "available",
        "CidrBlock": block,
        "CidrBlockAssociationSet": [association],
        "DhcpOptionsId": fixed_id("dopt", account_id, region),
        "InstanceTenancy": "default",
        "IsDefault": True,
    }


def _refuse_unknown(ids: Sequence[str], known: Sequence[str], of: tuple[str, str, str]) -> None:
    """Raise the error for an ID of nothing; `of` is a prefix, a name and the error's kind."""
    prefix, named, kind = of
    for one in ids:
        if not is_id(prefix, one):
            raise malformed_id(f"Invalid{kind}ID", prefix, one)
        if one not in known:
            code, end = (f"Invalid{kind}ID", "") if kind == "Vpc" else (f"Invalid{kind}", ".")
            raise AwsError(f"{code}.NotFound", f"The {named} '{one}' does not exist{end}")


def _texts(shape: dict[str, Any]) -> dict[str, list[str]]:
    found = {name: shape[member] for name, member in _VPC_FILTERS.items()}
    return {
        name: [str(value).lower() if isinstance(value, bool) else value]
        for name, value in found.items()
    }


def asked_vpcs(call: Call, params: Params, _: None) -> Result:
    shape = _default_vpc(call.caller.account_id, call.caller.origin.region)
    _refuse_unknown(params.get("VpcIds", ()), [shape["VpcId"]], ("vpc", "vpc ID", "Vpc"))
    found = filtered(params, [shape], _texts, [*_VPC_FILTERS, *_TAGS])
    rows, more = page_of(params, found, named="VpcIds")
    return {"Vpcs": rows, **more}


@reads("ec2:DescribeVpcs", on=unless_dry_run(on_all), prepare=asked_vpcs)
def describe_vpcs(call: Call, params: Params, found: Result) -> Result:
    return found


def _no_values(shape: dict[str, Any]) -> dict[str, list[str]]:
    return {}


def asked_volumes(call: Call, params: Params, _: None) -> Result:
    _refuse_unknown(params.get("VolumeIds", ()), (), ("vol", "volume", "Volume"))
    rows, more = page_of(
        params, filtered(params, _NONE, _no_values, _VOLUME_FILTERS), named="VolumeIds"
    )
    return {"Volumes": rows, **more}


@reads("ec2:DescribeVolumes", on=unless_dry_run(on_all), prepare=asked_volumes)
def describe_volumes(call: Call, params: Params, found: Result) -> Result:
    return found


def asked_snapshots(call: Call, params: Params, _: None) -> Result:
    """Return no snapshots: the account has none, and others share none with it."""
    _refuse_unknown(params.get("SnapshotIds", ()), (), ("snap", "snapshot", "Snapshot"))
    rows, more = page_of(
        params, filtered(params, _NONE, _no_values, _SNAPSHOT_FILTERS), named="SnapshotIds"
    )
    return {"Snapshots": rows, **more}


@reads("ec2:DescribeSnapshots", on=unless_dry_run(on_all), prepare=asked_snapshots)
def describe_snapshots(call: Call, params: Params, found: Result) -> Result:
    return found


@reads("ec2:GetEbsEncryptionByDefault", on=unless_dry_run(on_all))
def get_ebs_encryption_by_default(call: Call, params: Params, found: None) -> Result:
    """Return that new volumes are not encrypted by default, as in a new account."""
    return {"EbsEncryptionByDefault": False, "SseType": "none"}
