"""ec2:RunInstances."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from console.services.ec2.actions.images import no_such_image
from console.services.ec2.errors import invalid_value, missing_parameter, not_offered
from console.services.ec2.images import IMAGES_BY_ID
from console.services.ec2.instance_tags import refusal_of_tags, requested_tags
from console.services.ec2.models import SEEN_TERMINATED, Instance
from console.services.ec2.names import first_zone, new_id
from console.services.ec2.profiles import NamedProfile, named_profile
from console.services.ec2.resolvers import Context, seen_instances, unless_dry_run, what_runs
from console.services.ec2.shapes import instance_shape, network_of, reservations
from iam.arns import ec2_arn
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, writes
from iam.wire.errors import AwsError
from iam.wire.tags import tags_of

MOST_RUNNING = 20
_DEFAULT_TYPE = "m1.small"
DEFAULT_METADATA = {
    "HttpTokens": "required",
    "HttpPutResponseHopLimit": 2,
    "HttpEndpoint": "enabled",
}
_TAKEN = {
    "ClientToken",
    "DryRun",
    "IamInstanceProfile",
    "ImageId",
    "InstanceType",
    "MaxCount",
    "MetadataOptions",
    "MinCount",
    "TagSpecifications",
}


@dataclass(frozen=True)
class Launch:
    """A request for instances, and the error in it if any."""

    image_id: str
    instance_type: str
    metadata: dict[str, Any]
    tags: dict[str, str]
    profile: NamedProfile | None
    error: AwsError | None


def _tags(params: Params) -> dict[str, str]:
    return tags_of(
        tag
        for specification in params.get("TagSpecifications", ())
        for tag in specification.get("Tags", ())
        if "Key" in tag
    )


def _wrong_tags(params: Params) -> AwsError | None:
    for specification in params.get("TagSpecifications", ()):
        kind = specification.get("ResourceType", "")
        if kind != "instance":
            return not_offered(f"tags of the resource type '{kind}'")
    return refusal_of_tags(_tags(params), "TagSpecifications")


def _wrong(params: Params) -> AwsError | None:
    """Return the error in a request, whoever sends it."""
    extra = sorted(set(params) - _TAKEN)
    if extra:
        return not_offered(f"the parameter {extra[0]}")
    image_id = params.get("ImageId", "")
    if not image_id:
        return missing_parameter("ImageId")
    if image_id not in IMAGES_BY_ID:
        return no_such_image(image_id)
    least, most = params["MinCount"], params["MaxCount"]
    if least < 1 or most < least:
        because = "It must be 1 at least, and no more than maxCount."
        return invalid_value(least, "minCount", because, "MinCount")
    return _wrong_tags(params)


def _launch(call: Call, params: Params) -> Launch:
    asked = params.get("IamInstanceProfile")
    profile = named_profile(call, asked) if asked else None
    options: Mapping[str, Any] = params.get("MetadataOptions", {})
    return Launch(
        image_id=params.get("ImageId", ""),
        instance_type=params.get("InstanceType", _DEFAULT_TYPE),
        metadata={name: options.get(name, value) for name, value in DEFAULT_METADATA.items()},
        tags=_tags(params),
        profile=profile,
        error=_wrong(params) or (profile.error if profile else None),
    )


def _contexts(call: Call, launch: Launch) -> dict[str, Context]:
    """Return the condition keys of each type of resource in a launch."""
    region, account_id = call.caller.origin.region, call.caller.account_id
    network = network_of(account_id, region)
    vpc = ec2_arn(region, account_id, "vpc", network["VpcId"])
    subnet = ec2_arn(region, account_id, "subnet", network["SubnetId"])
    zone = first_zone(region)
    profile: Context = {"ec2:InstanceProfile": launch.profile.arn} if launch.profile else {}
    image = IMAGES_BY_ID.get(launch.image_id)
    return {
        "instance": {
            **what_runs(launch.instance_type, zone, launch.metadata),
            **profile,
            **requested_tags(launch.tags),
        },
        "image": {
            "ec2:ImageID": launch.image_id,
            "ec2:ImageType": "machine",
            "ec2:Owner": (image.owner_alias or image.owner) if image else "",
            "ec2:Public": "true",
            "ec2:RootDeviceType": "ebs",
        },
        "network-interface": {
            "ec2:AvailabilityZone": zone,
            "ec2:Subnet": subnet,
            "ec2:Vpc": vpc,
            "ec2:AssociatePublicIpAddress": "false",
        },
        "security-group": {"ec2:Vpc": vpc, "ec2:SecurityGroupID": network["GroupId"]},
        "subnet": {
            "ec2:AvailabilityZone": zone,
            "ec2:SubnetID": network["SubnetId"],
            "ec2:Vpc": vpc,
        },
        "volume": {
            "ec2:AvailabilityZone": zone,
            "ec2:Encrypted": "false",
            "ec2:VolumeSize": "8",
            "ec2:VolumeType": "gp3",
        },
    }


def on_launch(call: Call, params: Params) -> Resolution:
    """Resolve a launch: its resources, its tags, and the role that it passes."""
    launch = _launch(call, params)
    region, account_id = call.caller.origin.region, call.caller.account_id
    network = network_of(account_id, region)
    names = {
        "image": ("", launch.image_id),
        "security-group": (account_id, network["GroupId"]),
        "subnet": (account_id, network["SubnetId"]),
    }
    contexts = _contexts(call, launch)
    checks = [
        PermissionCheck(
            "ec2:RunInstances",
            ec2_arn(region, *_owner_kind_name(account_id, kind, names)),
            context={"ec2:Region": region, **context},
        )
        for kind, context in contexts.items()
    ]
    if launch.tags:
        made = {"ec2:Region": region, "ec2:CreateAction": "RunInstances", **contexts["instance"]}
        arn = ec2_arn(region, account_id, "instance", "*")
        checks.append(PermissionCheck("ec2:CreateTags", arn, context=made))
    if launch.profile:
        checks += launch.profile.checks(call)
    return Resolution(checks=checks, subject=launch, missing=launch.error)


def _owner_kind_name(
    account_id: str, kind: str, names: Mapping[str, tuple[str, str]]
) -> tuple[str, str, str]:
    owner, name = names.get(kind, (account_id, "*"))
    return owner, kind, name


def _request_hash(params: Params) -> str:
    asked = {name: value for name, value in params.items() if name != "ClientToken"}
    return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _earlier(call: Call, token: str, request_hash: str) -> list[Instance]:
    """Return the instances that a client launched by the same request before."""
    rows = list(seen_instances(call).filter(client_token=token)) if token else []
    if rows and rows[0].request_hash != request_hash:
        message = (
            "The request uses the same client token as a previous, but non-identical request. "
            "Do not reuse a client token with different requests, unless the requests are "
            "identical"
        )
        raise AwsError("IdempotentParameterMismatch", message)
    return rows


def _free(call: Call, params: Params) -> int:
    """Return how many instances to launch: as many as wanted, or as the quota allows."""
    running = Instance.in_sandbox(call.caller.sandbox).filter(
        account=call.account, terminated_at=None
    )
    free = MOST_RUNNING - running.count()
    if params["MinCount"] > free:
        message = (
            f"You have requested more instances ({params['MinCount']}) than your current instance "
            f"limit of {MOST_RUNNING} allows for the specified instance type."
        )
        raise AwsError("InstanceLimitExceeded", message, members=("MinCount",))
    return int(min(params["MaxCount"], free))


def _answer(rows: list[Instance], shown_state: str = "") -> Result:
    shapes = [instance_shape(row, shown_state) for row in rows]
    return reservations(shapes, rows)[0]


@writes("ec2:RunInstances", on=unless_dry_run(on_launch))
def run_instances(call: Call, params: Params, launch: Launch) -> Result:
    """Launch instances, which run by the next request; a client token launches them once."""
    token, request_hash = params.get("ClientToken", ""), _request_hash(params)
    earlier = _earlier(call, token, request_hash)
    if earlier:
        return _answer(earlier)
    now, sandbox = call.caller.now, call.caller.sandbox
    Instance.in_sandbox(sandbox).filter(terminated_at__lte=now - SEEN_TERMINATED).delete()
    profile = launch.profile.profile if launch.profile else None
    reservation = new_id("r")
    rows = []
    for index in range(_free(call, params)):
        row: Instance = Instance.add(
            sandbox,
            account=call.account,
            region=call.caller.origin.region,
            instance_id=new_id("i"),
            reservation_id=reservation,
            launch_index=index,
            image_id=launch.image_id,
            instance_type=launch.instance_type,
            tags=launch.tags,
            metadata=launch.metadata,
            client_token=token,
            request_hash=request_hash,
            launched_at=now,
            association_id=new_id("iip-assoc") if profile else "",
            profile_arn=profile.arn if profile else "",
            profile_id=profile.unique_id if profile else "",
            associated_at=now if profile else None,
        )
        rows.append(row)
    return _answer(rows, "pending")
