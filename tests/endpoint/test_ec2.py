"""EC2's own protocol by boto3, unmodified."""

import pytest

from tests.endpoint.clients import Clients, keys_of, refusal
from tests.worlds import World, make_world

IMAGE = "ami-0a20230a20230a202"


@pytest.fixture
def world(db) -> World:
    return make_world("alice")


@pytest.fixture
def ec2(world):
    world.do("CreateUser", UserName="ann")
    world.do(
        "AttachUserPolicy", UserName="ann", PolicyArn="arn:aws:iam::aws:policy/PowerUserAccess"
    )
    key = world.do("CreateAccessKey", UserName="ann")["AccessKey"]
    return Clients()("ec2", keys_of(key))


def test_an_instance_is_launched_found_and_terminated(ec2):
    tags = [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "web"}]}]
    launched = ec2.run_instances(
        ImageId=IMAGE, InstanceType="t3.micro", MinCount=1, MaxCount=1, TagSpecifications=tags
    )
    instance_id = launched["Instances"][0]["InstanceId"]
    filters = [{"Name": "instance-state-name", "Values": ["running"]}]
    found = ec2.describe_instances(InstanceIds=[instance_id], Filters=filters)
    (instance,) = found["Reservations"][0]["Instances"]
    assert instance["Tags"] == tags[0]["Tags"]
    assert instance["MetadataOptions"]["HttpTokens"] == "required"
    ec2.terminate_instances(InstanceIds=[instance_id])
    pages = ec2.get_paginator("describe_instances").paginate(Filters=filters)
    assert [one for page in pages for one in page["Reservations"]] == []


def test_ec2_words_its_refusals_itself(ec2):
    assert refusal(ec2.describe_instances, InstanceIds=["i-0123456789abcdef0"]) == (
        "InvalidInstanceID.NotFound",
        "The instance ID 'i-0123456789abcdef0' does not exist",
        400,
    )
    asked = {"ImageId": IMAGE, "MinCount": 1, "MaxCount": 1}
    assert refusal(ec2.run_instances, **asked, InstanceType="t9.none") == (
        "InvalidParameterValue",
        "Invalid value 't9.none' for InstanceType.",
        400,
    )
    assert refusal(ec2.describe_fleets) == (
        "UnsupportedOperation",
        "Rolecall does not offer ec2:DescribeFleets.",
        400,
    )


def test_a_new_account_has_a_default_vpc_and_no_disks(ec2, world):
    """As ScoutSuite asks, for whom a refusal was no answer (VPC user guide, *Default VPCs*)."""
    (vpc,) = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]
    assert (vpc["CidrBlock"], vpc["OwnerId"]) == ("172.31.0.0/16", world.account_id)
    launched = ec2.run_instances(ImageId=IMAGE, InstanceType="t3.micro", MinCount=1, MaxCount=1)
    assert launched["Instances"][0]["VpcId"] == vpc["VpcId"]
    assert ec2.describe_vpcs(VpcIds=[vpc["VpcId"]])["Vpcs"] == [vpc]
    assert (
        ec2.describe_volumes(Filters=[{"Name": "encrypted", "Values": ["false"]}])["Volumes"] == []
    )
    assert ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"] == []
    assert ec2.get_ebs_encryption_by_default()["EbsEncryptionByDefault"] is False
    assert ec2.describe_vpcs(Filters=[{"Name": "state", "Values": ["pending"]}])["Vpcs"] == []


def test_a_new_account_has_a_default_security_group_and_a_key_of_awss_for_disks(ec2, world):
    """VPC user guide, *Default security groups*; EBS user guide, *Default KMS key*."""
    (vpc,) = ec2.describe_vpcs()["Vpcs"]
    (group,) = ec2.describe_security_groups(GroupNames=["default"])["SecurityGroups"]
    assert (group["VpcId"], group["OwnerId"]) == (vpc["VpcId"], world.account_id)
    (inbound,), (outbound,) = group["IpPermissions"], group["IpPermissionsEgress"]
    assert inbound["UserIdGroupPairs"] == [
        {"GroupId": group["GroupId"], "UserId": world.account_id}
    ]
    assert outbound["IpRanges"] == [{"CidrIp": "0.0.0.0/0"}]
    where = [{"Name": "ip-permission.cidr", "Values": ["0.0.0.0/0"]}]
    assert ec2.describe_security_groups(Filters=where)["SecurityGroups"] == []
    code, message, _ = refusal(ec2.describe_security_groups, GroupNames=["gateway"])
    assert (code, message) == (
        "InvalidGroup.NotFound",
        f"The security group 'gateway' does not exist in default VPC '{vpc['VpcId']}'",
    )
    assert ec2.get_ebs_default_kms_key_id()["KmsKeyId"] == "alias/aws/ebs"


def test_an_instance_that_runs_has_one_network_interface(ec2):
    where = [{"Name": "attachment.status", "Values": ["attached"]}]
    assert ec2.describe_network_interfaces(Filters=where)["NetworkInterfaces"] == []
    launched = ec2.run_instances(ImageId=IMAGE, InstanceType="t3.micro", MinCount=1, MaxCount=1)
    instance_id = launched["Instances"][0]["InstanceId"]
    (found,) = ec2.describe_network_interfaces(Filters=where)["NetworkInterfaces"]
    assert found["Attachment"]["InstanceId"] == instance_id
    (group,) = ec2.describe_security_groups()["SecurityGroups"]
    assert found["Groups"] == [{"GroupId": group["GroupId"], "GroupName": "default"}]
    (instance,) = ec2.describe_instances()["Reservations"][0]["Instances"]
    (shown,) = instance["NetworkInterfaces"]
    for name in ("NetworkInterfaceId", "PrivateIpAddress", "MacAddress", "SubnetId"):
        assert shown[name] == found[name]
    ec2.terminate_instances(InstanceIds=[instance_id])
    assert ec2.describe_network_interfaces()["NetworkInterfaces"] == []


@pytest.mark.parametrize(
    ("operation", "asked", "code", "message"),
    [("describe_security_groups", {"GroupIds": ["sg-0123456789abcdef0"]}, "InvalidGroup.NotFound",
      "The security group 'sg-0123456789abcdef0' does not exist"),
     ("describe_network_interfaces", {"NetworkInterfaceIds": ["eni-0123456789abcdef0"]},
      "InvalidNetworkInterfaceID.NotFound",
      "The networkInterface ID 'eni-0123456789abcdef0' does not exist"),
     ("describe_vpcs", {"VpcIds": ["vpc-0123456789abcdef0"]}, "InvalidVpcID.NotFound",
      "The vpc ID 'vpc-0123456789abcdef0' does not exist"),
     ("describe_volumes", {"VolumeIds": ["vol-0123456789abcdef0"]}, "InvalidVolume.NotFound",
      "The volume 'vol-0123456789abcdef0' does not exist."),
     ("describe_snapshots", {"SnapshotIds": ["snap-0123456789abcdef0"]},
      "InvalidSnapshot.NotFound", "The snapshot 'snap-0123456789abcdef0' does not exist.")],
)  # fmt: skip
def test_what_an_account_has_not_is_not_found(ec2, operation, asked, code, message):
    """Codes of EC2's list of errors; clients quote the VPC's sentence, Eucalyptus the others."""
    assert refusal(getattr(ec2, operation), **asked) == (code, message, 400)
