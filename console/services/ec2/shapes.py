"""Rows in EC2's output shapes."""

from typing import Any

from console.services.ec2.models import RUNNING, STATE_CODES, Instance
from console.services.ec2.names import fixed_id
from iam.arns import ec2_arn
from iam.wire.tags import tag_list


def state(name: str) -> dict[str, Any]:
    return {"Code": STATE_CODES[name], "Name": name}


def network_of(account_id: str, region: str) -> dict[str, str]:
    """Return the default VPC of an account in a Region, its subnet and its security group."""
    return {
        "VpcId": fixed_id("vpc", account_id, region),
        "SubnetId": fixed_id("subnet", account_id, region),
        "GroupId": fixed_id("sg", account_id, region),
    }


def security_group_shape(account_id: str, region: str) -> dict[str, Any]:
    """Return the default security group: all from its own members, and all to anywhere."""
    network = network_of(account_id, region)
    group_id = network["GroupId"]
    everything = {"IpProtocol": "-1", "Ipv6Ranges": [], "PrefixListIds": []}
    own = {"GroupId": group_id, "UserId": account_id}
    return {
        "GroupId": group_id,
        "GroupName": "default",
        "Description": "default VPC security group",
        "OwnerId": account_id,
        "SecurityGroupArn": ec2_arn(region, account_id, "security-group", group_id),
        "VpcId": network["VpcId"],
        "IpPermissions": [{**everything, "IpRanges": [], "UserIdGroupPairs": [own]}],
        "IpPermissionsEgress": [
            {**everything, "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "UserIdGroupPairs": []}
        ],
    }


def interface_ids(instance_id: str) -> tuple[str, str]:
    """Return the IDs of an instance's network interface and of its attachment."""
    return fixed_id("eni", instance_id), fixed_id("eni-attach", instance_id)


def interface_shape(instance: Instance) -> dict[str, Any]:
    """Return the network interface of a running instance."""
    network = network_of(instance.account.account_id, instance.region)
    interface_id, attachment_id = interface_ids(instance.instance_id)
    digits = interface_id[-10:]
    address = {
        "PrivateDnsName": instance.private_name,
        "PrivateIpAddress": instance.private_ip,
    }
    return {
        "NetworkInterfaceId": interface_id,
        "Attachment": {
            "AttachmentId": attachment_id,
            "AttachTime": instance.launched_at,
            "DeleteOnTermination": True,
            "DeviceIndex": 0,
            "InstanceId": instance.instance_id,
            "InstanceOwnerId": instance.account.account_id,
            "Status": "attached",
        },
        "AvailabilityZone": instance.zone,
        "Description": "",
        "Groups": [{"GroupId": network["GroupId"], "GroupName": "default"}],
        "InterfaceType": "interface",
        "Ipv6Addresses": [],
        "MacAddress": ":".join(["0a", *(digits[at : at + 2] for at in range(0, 10, 2))]),
        "OwnerId": instance.account.account_id,
        **address,
        "PrivateIpAddresses": [{"Primary": True, **address}],
        "RequesterManaged": False,
        "SourceDestCheck": True,
        "Status": "in-use",
        "SubnetId": network["SubnetId"],
        "TagSet": [],
        "VpcId": network["VpcId"],
    }


_NOT_OF_AN_INSTANCE = {"AvailabilityZone", "RequesterManaged", "TagSet"}
_NOT_OF_ITS_ATTACHMENT = {"InstanceId", "InstanceOwnerId"}


def _own_interface(instance: Instance) -> dict[str, Any]:
    """Return an instance's network interface as the instance itself shows it."""
    whole = interface_shape(instance)
    shape = {name: whole[name] for name in whole if name not in _NOT_OF_AN_INSTANCE}
    attachment = whole["Attachment"]
    kept = {name: attachment[name] for name in attachment if name not in _NOT_OF_ITS_ATTACHMENT}
    return {**shape, "Attachment": kept}


def profile_of(instance: Instance) -> dict[str, str]:
    return {"Arn": instance.profile_arn, "Id": instance.profile_id}


def instance_shape(instance: Instance, shown_state: str = "") -> dict[str, Any]:
    """Return an instance; `shown_state` replaces its state."""
    network = network_of(instance.account.account_id, instance.region)
    shape: dict[str, Any] = {
        "InstanceId": instance.instance_id,
        "ImageId": instance.image_id,
        "State": state(shown_state or instance.state),
        "StateTransitionReason": "",
        "AmiLaunchIndex": instance.launch_index,
        "InstanceType": instance.instance_type,
        "LaunchTime": instance.launched_at,
        "Placement": {"AvailabilityZone": instance.zone, "GroupName": "", "Tenancy": "default"},
        "Monitoring": {"State": "disabled"},
        "Architecture": "x86_64",
        "ClientToken": instance.client_token,
        "EbsOptimized": False,
        "Hypervisor": "xen",
        "PlatformDetails": "Linux/UNIX",
        "UsageOperation": "RunInstances",
        "RootDeviceName": "/dev/xvda",
        "RootDeviceType": "ebs",
        "VirtualizationType": "hvm",
        "MetadataOptions": {"State": "applied", **instance.metadata},
        "Tags": tag_list(instance.tags),
    }
    if instance.state == RUNNING:
        shape |= {
            "VpcId": network["VpcId"],
            "SubnetId": network["SubnetId"],
            "SecurityGroups": [{"GroupId": network["GroupId"], "GroupName": "default"}],
            "PrivateIpAddress": instance.private_ip,
            "PrivateDnsName": instance.private_name,
            "NetworkInterfaces": [_own_interface(instance)],
        }
    else:
        shape["StateReason"] = {
            "Code": "Client.UserInitiatedShutdown",
            "Message": "Client.UserInitiatedShutdown: User initiated shutdown",
        }
    if instance.profile_arn:
        shape["IamInstanceProfile"] = profile_of(instance)
    return shape


def association_shape(instance: Instance, shown_state: str = "associated") -> dict[str, Any]:
    """Return the association of an instance with its instance profile."""
    return {
        "AssociationId": instance.association_id,
        "InstanceId": instance.instance_id,
        "IamInstanceProfile": profile_of(instance),
        "State": shown_state,
        "Timestamp": instance.associated_at,
    }


def reservations(instances: list[dict[str, Any]], rows: list[Instance]) -> list[dict[str, Any]]:
    by_id: dict[str, dict[str, Any]] = {}
    for row, shape in zip(rows, instances, strict=True):
        fresh = {
            "ReservationId": row.reservation_id,
            "OwnerId": row.account.account_id,
            "Groups": [],
            "Instances": [],
        }
        by_id.setdefault(row.reservation_id, fresh)["Instances"].append(shape)
    return list(by_id.values())
