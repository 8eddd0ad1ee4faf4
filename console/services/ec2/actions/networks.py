"""What each account has of networks: the default VPC, its security group, instances' interfaces.

They are derived and not stored (VPC user guide, *Default VPCs* and *Default security groups*).
"""

from typing import Any

from console.services.ec2.lists import NamedById, Values, filtered, page_of
from console.services.ec2.models import RUNNING
from console.services.ec2.names import fixed_id
from console.services.ec2.resolvers import on_all, seen_instances, unless_dry_run
from console.services.ec2.shapes import interface_shape, network_of, security_group_shape
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
_GROUP_FILTERS = {
    "description": "Description",
    "group-id": "GroupId",
    "group-name": "GroupName",
    "owner-id": "OwnerId",
    "vpc-id": "VpcId",
}
_OF_RULES = (
    "cidr", "from-port", "group-id", "group-name", "ipv6-cidr", "prefix-list-id", "protocol",
    "to-port", "user-id",
)  # fmt: skip
_INTERFACE_FILTERS = {
    "availability-zone": "AvailabilityZone",
    "description": "Description",
    "interface-type": "InterfaceType",
    "mac-address": "MacAddress",
    "network-interface-id": "NetworkInterfaceId",
    "owner-id": "OwnerId",
    "private-dns-name": "PrivateDnsName",
    "private-ip-address": "PrivateIpAddress",
    "requester-managed": "RequesterManaged",
    "source-dest-check": "SourceDestCheck",
    "status": "Status",
    "subnet-id": "SubnetId",
    "vpc-id": "VpcId",
}
_MORE_INTERFACE_FILTERS = (
    "addresses.association.owner-id", "addresses.association.public-ip", "addresses.primary",
    "addresses.private-ip-address", "association.allocation-id", "association.association-id",
    "association.ip-owner-id", "association.public-dns-name", "association.public-ip",
    "attachment.attach-time", "attachment.attachment-id", "attachment.delete-on-termination",
    "attachment.device-index", "attachment.instance-id", "attachment.instance-owner-id",
    "attachment.status", "availability-zone-id", "group-id", "ipv6-addresses.ipv6-address",
    "operator.managed", "operator.principal", "requester-id", "tag-key",
)  # fmt: skip
_VPCS = NamedById("VpcIds", "vpc", "InvalidVpcID", "InvalidVpcID", "The vpc ID '{}' does not exist")
_GROUPS = NamedById(
    "GroupIds", "sg", "InvalidGroupId", "InvalidGroup", "The security group '{}' does not exist"
)
_INTERFACES = NamedById(
    "NetworkInterfaceIds",
    "eni",
    "InvalidNetworkInterfaceId",
    "InvalidNetworkInterfaceID",
    "The networkInterface ID '{}' does not exist",
)


def _default_vpc(account_id: str, region: str) -> dict[str, Any]:
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


def _texts(shape: dict[str, Any], filters: dict[str, str]) -> dict[str, list[str]]:
    found = {name: shape[member] for name, member in filters.items()}
    return {
        name: [str(value).lower() if isinstance(value, bool) else value]
        for name, value in found.items()
    }


def asked_vpcs(call: Call, params: Params, _: None) -> Result:
    shape = _default_vpc(call.caller.account_id, call.caller.origin.region)
    _VPCS.refuse_unknown(params, [shape["VpcId"]])
    found = filtered(
        params, [shape], lambda one: _texts(one, _VPC_FILTERS), [*_VPC_FILTERS, "tag-key"]
    )
    rows, more = page_of(params, found, named="VpcIds")
    return {"Vpcs": rows, **more}


@reads("ec2:DescribeVpcs", on=unless_dry_run(on_all), prepare=asked_vpcs)
def describe_vpcs(call: Call, params: Params, found: Result) -> Result:
    return found


def _values_of_group(shape: dict[str, Any]) -> Values:
    owner, group = [shape["OwnerId"]], [shape["GroupId"]]
    return _texts(shape, _GROUP_FILTERS) | {
        "ip-permission.protocol": ["-1"],
        "ip-permission.group-id": group,
        "ip-permission.user-id": owner,
        "egress.ip-permission.protocol": ["-1"],
        "egress.ip-permission.cidr": ["0.0.0.0/0"],
    }


def asked_groups(call: Call, params: Params, _: None) -> Result:
    shape = security_group_shape(call.caller.account_id, call.caller.origin.region)
    _GROUPS.refuse_unknown(params, [shape["GroupId"]])
    for name in params.get("GroupNames", ()):
        if name != shape["GroupName"]:
            place = f"in default VPC '{shape['VpcId']}'"
            message = f"The security group '{name}' does not exist {place}"
            raise AwsError("InvalidGroup.NotFound", message)
    rules = [f"{way}ip-permission.{name}" for way in ("", "egress.") for name in _OF_RULES]
    known = [*_GROUP_FILTERS, *rules, "tag-key"]
    rows, more = page_of(
        params, filtered(params, [shape], _values_of_group, known), named="GroupIds"
    )
    return {"SecurityGroups": rows, **more}


@reads("ec2:DescribeSecurityGroups", on=unless_dry_run(on_all), prepare=asked_groups)
def describe_security_groups(call: Call, params: Params, found: Result) -> Result:
    return found


def _values_of_interface(shape: dict[str, Any]) -> Values:
    attachment = shape["Attachment"]
    return _texts(shape, _INTERFACE_FILTERS) | {
        "addresses.primary": ["true"],
        "addresses.private-ip-address": [shape["PrivateIpAddress"]],
        "attachment.attachment-id": [attachment["AttachmentId"]],
        "attachment.delete-on-termination": ["true"],
        "attachment.device-index": ["0"],
        "attachment.instance-id": [attachment["InstanceId"]],
        "attachment.instance-owner-id": [attachment["InstanceOwnerId"]],
        "attachment.status": [attachment["Status"]],
        "group-id": [one["GroupId"] for one in shape["Groups"]],
    }


def asked_interfaces(call: Call, params: Params, _: None) -> Result:
    """Return the requested interfaces: each running instance has one."""
    running = [row for row in seen_instances(call) if row.state == RUNNING]
    shapes = {shape["NetworkInterfaceId"]: shape for shape in map(interface_shape, running)}
    _INTERFACES.refuse_unknown(params, shapes)
    named = [shapes[one] for one in params.get("NetworkInterfaceIds") or shapes]
    known = [*_INTERFACE_FILTERS, *_MORE_INTERFACE_FILTERS]
    found = filtered(params, named, _values_of_interface, known)
    rows, more = page_of(params, found, named="NetworkInterfaceIds")
    return {"NetworkInterfaces": rows, **more}


@reads("ec2:DescribeNetworkInterfaces", on=unless_dry_run(on_all), prepare=asked_interfaces)
def describe_network_interfaces(call: Call, params: Params, found: Result) -> Result:
    return found
