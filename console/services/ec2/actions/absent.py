"""What no account here has of disks: no volumes, no snapshots, and a new account's settings."""

from collections.abc import Callable
from typing import Any

from console.services.ec2.lists import NamedById, filtered, page_of
from console.services.ec2.resolvers import on_all, unless_dry_run
from iam.perform import Call, Params, Result, reads

_NONE: tuple[dict[str, Any], ...] = ()
_VOLUMES = NamedById(
    "VolumeIds", "vol", "InvalidVolumeID", "InvalidVolume", "The volume '{}' does not exist."
)
_SNAPSHOTS = NamedById(
    "SnapshotIds",
    "snap",
    "InvalidSnapshotID",
    "InvalidSnapshot",
    "The snapshot '{}' does not exist.",
)
_FILTERS = {
    "Volumes": (
        "attachment.attach-time", "attachment.delete-on-termination", "attachment.device",
        "attachment.instance-id", "attachment.status", "availability-zone",
        "availability-zone-id", "create-time", "encrypted", "fast-restored",
        "multi-attach-enabled", "operator.managed", "operator.principal", "size", "snapshot-id",
        "status", "tag-key", "volume-id", "volume-type",
    ),
    "Snapshots": (
        "description", "encrypted", "owner-alias", "owner-id", "progress", "snapshot-id",
        "start-time", "status", "storage-tier", "tag-key", "transfer-type", "volume-id",
        "volume-size",
    ),
}  # fmt: skip
_SETTINGS: dict[str, Result] = {
    "GetEbsDefaultKmsKeyId": {"KmsKeyId": "alias/aws/ebs"},
    "GetEbsEncryptionByDefault": {"EbsEncryptionByDefault": False, "SseType": "none"},
}


def _no_values(row: dict[str, Any]) -> dict[str, list[str]]:
    return {}


def _none_of(member: str, kind: NamedById) -> Callable[[Call, Params, None], Result]:
    """Return what prepares an empty list: it refuses as a full one would."""

    def asked(call: Call, params: Params, _: None) -> Result:
        kind.refuse_unknown(params)
        found = filtered(params, _NONE, _no_values, _FILTERS[member])
        rows, more = page_of(params, found, named=kind.parameter)
        return {member: rows, **more}

    return asked


def _found(call: Call, params: Params, found: Result) -> Result:
    return found


def _constant(result: Result) -> Callable[[Call, Params, None], Result]:
    def answer(call: Call, params: Params, _: None) -> Result:
        return result

    return answer


for _member, _kind in (("Volumes", _VOLUMES), ("Snapshots", _SNAPSHOTS)):
    _asked = _none_of(_member, _kind)
    reads(f"ec2:Describe{_member}", on=unless_dry_run(on_all), prepare=_asked)(_found)
for _operation, _result in _SETTINGS.items():
    reads(f"ec2:{_operation}", on=unless_dry_run(on_all))(_constant(_result))
