"""What Terraform, prowler and ScoutSuite ask of EC2 in a new account, by boto3, unmodified.

The parts of a default VPC are those of the VPC user guide.
"""

from typing import Any

import pytest
from botocore import xform_name

from console.services.ec2.absent_kinds import ABSENT_KINDS
from console.services.ec2.actions.network_parts import PARTS
from tests.endpoint.clients import Clients, keys_of, refusal
from tests.endpoint.test_ec2 import IMAGE
from tests.worlds import World, make_world


@pytest.fixture
def world(db) -> World:
    return make_world("alice")


@pytest.fixture
def ec2(world) -> Any:
    world.do("CreateUser", UserName="ann")
    arn = "arn:aws:iam::aws:policy/PowerUserAccess"
    world.do("AttachUserPolicy", UserName="ann", PolicyArn=arn)
    return Clients()("ec2", keys_of(world.do("CreateAccessKey", UserName="ann")["AccessKey"]))


def by(**filters: str) -> list[dict[str, Any]]:
    return [
        {"Name": name.replace("__", ".").replace("_", "-"), "Values": [value]}
        for name, value in filters.items()
    ]


def test_the_parts_of_a_default_vpc_hang_together(ec2, world):
    (vpc,) = ec2.describe_vpcs(Filters=by(is_default="true"))["Vpcs"]
    subnets = ec2.describe_subnets(Filters=by(vpc_id=vpc["VpcId"], default_for_az="true"))
    assert [(one["AvailabilityZone"], one["CidrBlock"]) for one in subnets["Subnets"]] == [
        ("us-east-1a", "172.31.0.0/20"),
        ("us-east-1b", "172.31.16.0/20"),
        ("us-east-1c", "172.31.32.0/20"),
    ]
    launched = ec2.run_instances(ImageId=IMAGE, InstanceType="t3.micro", MinCount=1, MaxCount=1)
    assert launched["Instances"][0]["SubnetId"] == subnets["Subnets"][0]["SubnetId"]
    (table,) = ec2.describe_route_tables(Filters=by(association__main="true"))["RouteTables"]
    (gateway,) = ec2.describe_internet_gateways(Filters=by(attachment__vpc_id=vpc["VpcId"]))[
        "InternetGateways"
    ]
    assert [one["GatewayId"] for one in table["Routes"]] == ["local", gateway["InternetGatewayId"]]
    (acl,) = ec2.describe_network_acls(Filters=by(default="true"))["NetworkAcls"]
    assert len(acl["Associations"]) == 3
    assert [one["RuleAction"] for one in acl["Entries"]] == ["allow", "deny"] * 2
    (options,) = ec2.describe_dhcp_options(DhcpOptionsIds=[vpc["DhcpOptionsId"]])["DhcpOptions"]
    assert options["OwnerId"] == world.account_id
    (group,) = ec2.describe_security_groups()["SecurityGroups"]
    rules = ec2.describe_security_group_rules(Filters=by(group_id=group["GroupId"]))
    assert [one["IsEgress"] for one in rules["SecurityGroupRules"]] == [False, True]
    assert ec2.describe_subnets(Filters=by(availability_zone="us-east-1f"))["Subnets"] == []


def test_attributes_of_the_vpc_and_the_account(ec2):
    (vpc,) = ec2.describe_vpcs()["Vpcs"]
    asked = {"VpcId": vpc["VpcId"], "Attribute": "enableDnsHostnames"}
    assert ec2.describe_vpc_attribute(**asked)["EnableDnsHostnames"] == {"Value": True}
    code, message, _ = refusal(
        ec2.describe_vpc_attribute, **{**asked, "VpcId": "vpc-0123456789abcdef0"}
    )
    assert (code, message) == (
        "InvalidVpcID.NotFound",
        "The vpc ID 'vpc-0123456789abcdef0' does not exist",
    )
    (found,) = ec2.describe_account_attributes(AttributeNames=["default-vpc"])["AccountAttributes"]
    assert found["AttributeValues"] == [{"AttributeValue": vpc["VpcId"]}]


def test_attributes_and_the_status_of_an_instance(ec2):
    launched = ec2.run_instances(ImageId=IMAGE, InstanceType="t3.micro", MinCount=1, MaxCount=1)
    asked = {"InstanceId": launched["Instances"][0]["InstanceId"]}
    data = ec2.describe_instance_attribute(**asked, Attribute="userData")
    assert data["UserData"] == {}
    kept = ec2.describe_instance_attribute(**asked, Attribute="disableApiTermination")
    assert kept["DisableApiTermination"] == {"Value": False}
    (status,) = ec2.describe_instance_status()["InstanceStatuses"]
    assert status["SystemStatus"]["Status"] == "ok"
    ec2.terminate_instances(InstanceIds=[asked["InstanceId"]])
    assert ec2.describe_instance_status()["InstanceStatuses"] == []
    (ended,) = ec2.describe_instance_status(IncludeAllInstances=True)["InstanceStatuses"]
    assert ended["InstanceState"]["Name"] == "terminated"


def unknown(naming: Any) -> str:
    return f"{getattr(naming, 'prefix', 'x')}-0123456789abcdef0"


def test_there_are_none_of_the_rest_and_a_name_of_one_is_not_found(ec2):
    """The codes are in EC2's list of errors."""
    for kind in ABSENT_KINDS:
        describe = getattr(ec2, xform_name(kind.operation))
        assert describe()[kind.member] == [], kind
        for naming in kind.namings:
            code, message, status = refusal(describe, **{naming.parameter: [unknown(naming)]})
            assert (code.startswith(("Invalid", "NatGateway")), status) == (True, 400), kind
            assert "exist" in message or unknown(naming) in message, kind
    wrong = [{"Name": "colour", "Values": ["red"]}]
    assert refusal(ec2.describe_key_pairs, Filters=wrong)[0] == "InvalidParameterValue"
    assert ec2.describe_key_pairs(Filters=by(tag_key="k"))["KeyPairs"] == []
    assert refusal(ec2.describe_nat_gateways, Filter=wrong)[0] == "InvalidParameterValue"
    for part in PARTS:
        code, message, _ = refusal(
            getattr(ec2, xform_name(f"Describe{part.member}")),
            **{part.naming.parameter: [unknown(part.naming)]},
        )
        assert (code, message) == (
            f"{part.naming.unknown}.NotFound",
            part.naming.sentence.format(unknown(part.naming)),
        )
