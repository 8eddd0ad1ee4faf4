"""Describing and terminating instances."""

from typing import Any

from console.services.ec2.lists import Values, filtered, page_of
from console.services.ec2.models import RUNNING, STATE_CODES, TERMINATED, Instance
from console.services.ec2.resolvers import (
    find_instances,
    named_instances,
    on_all,
    seen_instances,
    unknown_instances,
    unless_dry_run,
)
from console.services.ec2.shapes import instance_shape, network_of, reservations, state
from iam.arns import name_in
from iam.perform import Call, Params, Result, reads, writes

_FILTERS = (
    "availability-zone",
    "client-token",
    "iam-instance-profile.arn",
    "iam-instance-profile.id",
    "iam-instance-profile.name",
    "image-id",
    "instance-id",
    "instance-state-code",
    "instance-state-name",
    "instance-type",
    "metadata-options.http-tokens",
    "owner-id",
    "private-ip-address",
    "reservation-id",
    "subnet-id",
    "tag-key",
    "vpc-id",
)


def _values(instance: Instance) -> Values:
    network = network_of(instance.account.account_id, instance.region)
    values: dict[str, list[str]] = {
        "availability-zone": [instance.zone],
        "client-token": [instance.client_token],
        "iam-instance-profile.arn": [instance.profile_arn],
        "iam-instance-profile.id": [instance.profile_id],
        "iam-instance-profile.name": [name_in(instance.profile_arn)],
        "image-id": [instance.image_id],
        "instance-id": [instance.instance_id],
        "instance-state-code": [str(STATE_CODES[instance.state])],
        "instance-state-name": [instance.state],
        "instance-type": [instance.instance_type],
        "metadata-options.http-tokens": [instance.metadata["HttpTokens"]],
        "owner-id": [instance.account.account_id],
        "private-ip-address": [instance.private_ip],
        "reservation-id": [instance.reservation_id],
        "subnet-id": [network["SubnetId"]],
        "vpc-id": [network["VpcId"]],
        "tag-key": list(instance.tags),
    }
    return values | {f"tag:{key}": [value] for key, value in instance.tags.items()}


def asked_instances(call: Call, params: Params, _: None) -> Result:
    """Return the requested instances; raises AwsError for unknown ones."""
    rows = list(seen_instances(call))
    names = params.get("InstanceIds", ())
    unknown = unknown_instances(names, {row.instance_id for row in rows})
    if unknown is not None:
        raise unknown
    named = [row for row in rows if not names or row.instance_id in names]
    found, more = page_of(params, filtered(params, named, _values, _FILTERS), named="InstanceIds")
    return {"Reservations": reservations([instance_shape(row) for row in found], found), **more}


@reads("ec2:DescribeInstances", on=unless_dry_run(on_all), prepare=asked_instances)
def describe_instances(call: Call, params: Params, found: Result) -> Result:
    """Return the Region's instances, by reservation."""
    return found


@writes("ec2:TerminateInstances", on=unless_dry_run(named_instances))
def terminate_instances(call: Call, params: Params, found: list[Instance]) -> Result:
    """Terminate instances; their credentials work until they expire."""
    changes: list[dict[str, Any]] = []
    for instance in find_instances(call, [one.instance_id for one in found]).values():
        runs = instance.state == RUNNING
        changes.append(
            {
                "InstanceId": instance.instance_id,
                "CurrentState": state("shutting-down" if runs else TERMINATED),
                "PreviousState": state(instance.state),
            }
        )
        if runs:
            _terminate(instance, call)
    return {"TerminatingInstances": changes}


def _terminate(instance: Instance, call: Call) -> None:
    instance.terminated_at = call.caller.now
    instance.association_id = instance.profile_arn = instance.profile_id = ""
    instance.associated_at, instance.session = None, {}
    instance.save()
