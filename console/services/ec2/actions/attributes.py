"""Describing single attributes: of the default VPC, of the account, of an instance."""

from typing import Any

from console.services.ec2.errors import malformed_id
from console.services.ec2.lists import Values, filtered, page_of
from console.services.ec2.models import RUNNING, Instance
from console.services.ec2.names import is_id
from console.services.ec2.resolvers import (
    check_on,
    find_instance,
    instance_resource,
    on_all,
    seen_instances,
    unknown_instances,
    unless_dry_run,
)
from console.services.ec2.shapes import network_of, state
from iam.arns import ec2_arn
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, reads
from iam.wire.errors import AwsError

_OF_A_VPC = {
    "enableDnsHostnames": ("EnableDnsHostnames", True),
    "enableDnsSupport": ("EnableDnsSupport", True),
    "enableNetworkAddressUsageMetrics": ("EnableNetworkAddressUsageMetrics", False),
}
_LIMITS = {
    "max-instances": "20",
    "max-elastic-ips": "5",
    "vpc-max-elastic-ips": "5",
    "vpc-max-security-groups-per-interface": "5",
}


def on_vpc(call: Call, params: Params) -> Resolution:
    """Resolve the default VPC, the only one that there is."""
    region, account_id, name = call.caller.origin.region, call.caller.account_id, params["VpcId"]
    missing = None
    if not is_id("vpc", name):
        missing = malformed_id("InvalidVpcID", "vpc", name)
    elif name != network_of(account_id, region)["VpcId"]:
        message = f"The vpc ID '{name}' does not exist"
        missing = AwsError("InvalidVpcID.NotFound", message)
    arn = ec2_arn(region, account_id, "vpc", name)
    check = PermissionCheck(call.operation, arn, context={"ec2:Region": region})
    return Resolution((check,), missing=missing)


@reads("ec2:DescribeVpcAttribute", on=unless_dry_run(on_vpc))
def describe_vpc_attribute(call: Call, params: Params, _: None) -> Result:
    """Return one attribute, as it is in a default VPC."""
    member, value = _OF_A_VPC[params["Attribute"]]
    return {"VpcId": params["VpcId"], member: {"Value": value}}


@reads("ec2:DescribeAccountAttributes", on=unless_dry_run(on_all))
def describe_account_attributes(call: Call, params: Params, _: None) -> Result:
    network = network_of(call.caller.account_id, call.caller.origin.region)
    values = {"supported-platforms": "VPC", "default-vpc": network["VpcId"], **_LIMITS}
    asked = params.get("AttributeNames") or values
    return {
        "AccountAttributes": [
            {"AttributeName": name, "AttributeValues": [{"AttributeValue": values[name]}]}
            for name in values
            if name in asked
        ]
    }


def on_instance(call: Call, params: Params) -> Resolution:
    name = params["InstanceId"]
    found, missing = find_instance(call, name)
    checks = (check_on(call, name, found, {}),)
    return Resolution(checks, found, missing, (instance_resource(name),))


def _attributes(instance: Instance) -> dict[str, Any]:
    network = network_of(instance.account.account_id, instance.region)
    return {
        "blockDeviceMapping": ("BlockDeviceMappings", []),
        "disableApiStop": ("DisableApiStop", {"Value": False}),
        "disableApiTermination": ("DisableApiTermination", {"Value": False}),
        "ebsOptimized": ("EbsOptimized", {"Value": False}),
        "enaSupport": ("EnaSupport", {"Value": True}),
        "enclaveOptions": ("EnclaveOptions", {"Enabled": False}),
        "groupSet": ("Groups", [{"GroupId": network["GroupId"]}]),
        "instanceInitiatedShutdownBehavior": (
            "InstanceInitiatedShutdownBehavior",
            {"Value": "stop"},
        ),
        "instanceType": ("InstanceType", {"Value": instance.instance_type}),
        "kernel": ("KernelId", {}),
        "productCodes": ("ProductCodes", []),
        "ramdisk": ("RamdiskId", {}),
        "rootDeviceName": ("RootDeviceName", {"Value": "/dev/xvda"}),
        "sourceDestCheck": ("SourceDestCheck", {"Value": True}),
        "sriovNetSupport": ("SriovNetSupport", {}),
        "userData": ("UserData", {}),
    }


@reads("ec2:DescribeInstanceAttribute", on=unless_dry_run(on_instance))
def describe_instance_attribute(call: Call, params: Params, instance: Instance) -> Result:
    member, value = _attributes(instance)[params["Attribute"]]
    return {"InstanceId": instance.instance_id, member: value}


_STATUS_FILTERS = (
    "availability-zone", "instance-state-code", "instance-state-name",
    "instance-status.reachability", "instance-status.status", "system-status.reachability",
    "system-status.status",
)  # fmt: skip
_OF_EVENTS = (
    "event.code", "event.description", "event.instance-event-id", "event.not-after",
    "event.not-before", "event.not-before-deadline", "operator.managed", "operator.principal",
)  # fmt: skip


def _status(instance: Instance) -> dict[str, Any]:
    runs = instance.state == RUNNING
    passed = {"Details": [{"Name": "reachability", "Status": "passed"}], "Status": "ok"}
    return {
        "AvailabilityZone": instance.zone,
        "InstanceId": instance.instance_id,
        "InstanceState": state(instance.state),
        "InstanceStatus": passed if runs else {"Status": "not-applicable"},
        "SystemStatus": passed if runs else {"Status": "not-applicable"},
    }


def _values(instance: Instance) -> Values:
    found = state(instance.state)
    runs = instance.state == RUNNING
    checks = {"reachability": ["passed"] if runs else [], "status": ["ok"] if runs else []}
    return {
        "availability-zone": [instance.zone],
        "instance-state-code": [str(found["Code"])],
        "instance-state-name": [instance.state],
        **{
            f"{kind}-status.{name}": checks[name]
            for kind in ("instance", "system")
            for name in checks
        },
    }


def asked_statuses(call: Call, params: Params, _: None) -> Result:
    """Return the status of the instances that run, or of all if the request wants them."""
    rows = list(seen_instances(call))
    names = params.get("InstanceIds", ())
    unknown = unknown_instances(names, {row.instance_id for row in rows})
    if unknown is not None:
        raise unknown
    named = [
        row
        for row in rows
        if (not names or row.instance_id in names)
        and (params.get("IncludeAllInstances") or row.state == RUNNING)
    ]
    found = filtered(params, named, _values, [*_STATUS_FILTERS, *_OF_EVENTS])
    page, more = page_of(params, found, named="InstanceIds")
    return {"InstanceStatuses": [_status(row) for row in page], **more}


@reads("ec2:DescribeInstanceStatus", on=unless_dry_run(on_all), prepare=asked_statuses)
def describe_instance_status(call: Call, params: Params, found: Result) -> Result:
    return found
