"""The texts of an instance's metadata service by path; a folder ends with a slash."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from console.services.ec2.metadata.credentials import (
    InstanceCredentials,
    instance_credentials,
    profile_of,
)
from console.services.ec2.models import Instance
from iam.models import InstanceProfile, Role
from iam.wire.times import iso8601

Tree = Mapping[str, Any]
_CANNOT_ASSUME = (
    "EC2 cannot assume the role {}. Please see documentation at "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
    "troubleshoot_iam-ec2.html#troubleshoot_iam-ec2_errors-info-doc."
)


def metadata_at(instance: Instance, path: str, received_at: datetime) -> str | None:
    """Return the text at a path below `latest/`; None if there is none."""
    node: Any = _latest(instance, received_at)
    for part in [part for part in path.split("/") if part]:
        if not isinstance(node, Mapping) or part not in node:
            return None
        node = node[part]
        node = node() if callable(node) else node
    if isinstance(node, Mapping):
        return "\n".join(name if _is_leaf(name, one) else f"{name}/" for name, one in node.items())
    return None if path.endswith("/") and path.strip("/") else str(node)


def _is_leaf(name: str, node: Any) -> bool:
    return not isinstance(node, Mapping) and name != "iam"


def _latest(instance: Instance, received_at: datetime) -> Tree:
    return {
        "dynamic": {"instance-identity": {"document": lambda: _document(instance)}},
        "meta-data": _metadata(instance, received_at),
    }


def _metadata(instance: Instance, received_at: datetime) -> Tree:
    tree: dict[str, Any] = {
        "ami-id": instance.image_id,
        "ami-launch-index": instance.launch_index,
        "hostname": instance.private_name,
        "instance-id": instance.instance_id,
        "instance-type": instance.instance_type,
        "local-hostname": instance.private_name,
        "local-ipv4": instance.private_ip,
        "placement": {"availability-zone": instance.zone, "region": instance.region},
        "reservation-id": instance.reservation_id,
        "security-groups": "default",
    }
    if instance.profile_id:
        tree["iam"] = lambda: _iam(instance, received_at)
    return dict(sorted(tree.items()))


def _iam(instance: Instance, received_at: datetime) -> Tree:
    profile = profile_of(instance)
    if profile is None:
        now = iso8601(instance.sandbox.time_at(received_at))
        message = f"Instance Profile {instance.profile_arn} cannot be found."
        problem = {"Code": "InstanceProfileNotFound", "Message": message, "LastUpdated": now}
        return {"info": _text(problem)}
    if profile.role is None:
        return {"info": _info(instance, profile, None, received_at)}
    role = profile.role
    held = instance_credentials(instance, role, received_at)
    return {
        "info": _info(instance, profile, held, received_at),
        "security-credentials": {role.name: _credentials(role, held)},
    }


def _info(
    instance: Instance,
    profile: InstanceProfile,
    held: InstanceCredentials | None,
    received_at: datetime,
) -> str:
    if held is not None and held.denied and profile.role is not None:
        return _refusal(profile.role, held)
    noted_at = held.noted_at if held else instance.sandbox.time_at(received_at)
    info = {
        "Code": "Success",
        "LastUpdated": iso8601(noted_at),
        "InstanceProfileArn": profile.arn,
        "InstanceProfileId": profile.unique_id,
    }
    return _text(info)


def _refusal(role: Role, held: InstanceCredentials) -> str:
    problem = {
        "Code": "AssumeRoleUnauthorizedAccess",
        "Message": _CANNOT_ASSUME.format(role.name),
        "LastUpdated": iso8601(held.noted_at),
    }
    return _text(problem)


def _credentials(role: Role, held: InstanceCredentials) -> str:
    if held.token is None:
        return _refusal(role, held)
    token = held.token
    document = {
        "Code": "Success",
        "LastUpdated": iso8601(held.noted_at),
        "Type": "AWS-HMAC",
        "AccessKeyId": token.access_key_id,
        "SecretAccessKey": token.secret_access_key,
        "Token": token.sealed(),
        "Expiration": iso8601(token.expires_at),
    }
    return _text(document)


def _document(instance: Instance) -> str:
    document = {
        "accountId": instance.account.account_id,
        "architecture": "x86_64",
        "availabilityZone": instance.zone,
        "imageId": instance.image_id,
        "instanceId": instance.instance_id,
        "instanceType": instance.instance_type,
        "pendingTime": iso8601(instance.launched_at),
        "privateIp": instance.private_ip,
        "region": instance.region,
        "version": "2017-09-30",
    }
    return _text(document)


def _text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, indent=2)
