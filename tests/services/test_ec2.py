"""EC2: instances launched by who may pass their role, found, changed and terminated."""

from typing import Any

import pytest

from iam.perform import AccessDenied, perform
from iam.wire.errors import AwsError
from tests.worlds import ACCOUNT_ID, World, allow, document, make_world

IMAGE = "ami-0a20230a20230a202"
ROLE = f"arn:aws:iam::{ACCOUNT_ID}:role/App"
PROFILE = f"arn:aws:iam::{ACCOUNT_ID}:instance-profile/App"
ONE = {"ImageId": IMAGE, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1}
WITH_ROLE = {**ONE, "IamInstanceProfile": {"Name": "App"}}


def service_trust(service: str = "ec2.amazonaws.com") -> str:
    principal = {"Service": service}
    return document({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})


@pytest.fixture
def world(db) -> World:
    """An account with a role App for EC2, in a profile of the same name."""
    world = make_world("alice")
    world.do("CreateRole", RoleName="App", AssumeRolePolicyDocument=service_trust())
    world.do("CreateInstanceProfile", InstanceProfileName="App")
    world.do("AddRoleToInstanceProfile", InstanceProfileName="App", RoleName="App")
    return world


def ec2(world: World, operation: str, **params: Any) -> dict[str, Any]:
    return perform(world.root(), f"ec2:{operation}", params)


def refused(call: Any, *args: Any, **params: Any) -> tuple[str, str]:
    with pytest.raises(AwsError) as caught:
        call(*args, **params)
    return caught.value.code, caught.value.message


def shown(world: World, **params: Any) -> list[dict[str, Any]]:
    reservations = ec2(world, "DescribeInstances", **params)["Reservations"]
    return [one for reservation in reservations for one in reservation["Instances"]]


def test_an_instance_is_pending_when_launched_and_runs_when_looked_at(world):
    launched = ec2(world, "RunInstances", **WITH_ROLE)["Instances"][0]
    assert launched["State"] == {"Code": 0, "Name": "pending"}
    (instance,) = shown(world)
    assert instance["State"] == {"Code": 16, "Name": "running"}
    assert instance["IamInstanceProfile"]["Arn"] == PROFILE
    association = ec2(world, "DescribeIamInstanceProfileAssociations")
    assert association["IamInstanceProfileAssociations"][0]["State"] == "associated"


def test_a_terminated_instance_is_seen_and_has_no_profile(world):
    instance_id = ec2(world, "RunInstances", **WITH_ROLE)["Instances"][0]["InstanceId"]
    change = ec2(world, "TerminateInstances", InstanceIds=[instance_id])["TerminatingInstances"][0]
    assert change["CurrentState"]["Name"] == "shutting-down"
    (instance,) = shown(world)
    assert instance["State"]["Name"] == "terminated"
    assert "IamInstanceProfile" not in instance
    again = ec2(world, "TerminateInstances", InstanceIds=[instance_id])["TerminatingInstances"][0]
    assert again["PreviousState"]["Name"] == "terminated"


RUN = {"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}
PASS = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": ROLE}


def to(service: str) -> dict[str, Any]:
    return {"Condition": {"StringEquals": {"iam:PassedToService": service}}}


@pytest.mark.parametrize(
    ("statements", "denied"),
    [
        ([RUN, PASS], ""),
        ([RUN, {**PASS, **to("ec2.amazonaws.com")}], ""),
        ([RUN, {**PASS, **to("lambda.amazonaws.com")}], f"iam:PassRole on resource: {ROLE}"),
        ([RUN], f"iam:PassRole on resource: {ROLE}"),
        ([PASS], f"ec2:RunInstances on resource: arn:aws:ec2:us-east-1:{ACCOUNT_ID}:instance/*"),
        (
            [{**RUN, "Resource": "arn:aws:ec2:*:*:instance/*"}, PASS],
            f"ec2:RunInstances on resource: arn:aws:ec2:us-east-1::image/{IMAGE}",
        ),
        (
            [{**RUN, "Condition": {"StringEquals": {"ec2:InstanceType": "t3.nano"}}}, PASS],
            "ec2:RunInstances on resource",
        ),
    ],
)
def test_launching_an_instance_needs_all_its_resources_and_the_role(world, statements, denied):
    ann = world.add_user("ann", document(*statements))
    if not denied:
        assert perform(ann, "ec2:RunInstances", WITH_ROLE)["Instances"]
        return
    with pytest.raises(AccessDenied) as caught:
        perform(ann, "ec2:RunInstances", WITH_ROLE)
    assert caught.value.code == "UnauthorizedOperation"
    assert caught.value.status == 403
    start = f"You are not authorized to perform this operation. User: {ann.arn} is not authorized"
    assert caught.value.message.startswith(f"{start} to perform: {denied}")
    assert shown(world) == []


def test_a_dry_run_reports_that_it_would_succeed_and_launches_nothing(world):
    code, message = refused(ec2, world, "RunInstances", **WITH_ROLE, DryRun=True)
    assert (code, message) == (
        "DryRunOperation",
        "Request would have succeeded, but DryRun flag is set.",
    )
    assert shown(world) == []


def test_a_client_token_launches_once(world):
    first = ec2(world, "RunInstances", **ONE, ClientToken="t")
    again = ec2(world, "RunInstances", **ONE, ClientToken="t")
    assert first["ReservationId"] == again["ReservationId"]
    assert len(shown(world)) == 1
    other = {**ONE, "InstanceType": "t3.nano"}
    assert refused(ec2, world, "RunInstances", **other, ClientToken="t")[0] == (
        "IdempotentParameterMismatch"
    )


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        (
            {"IamInstanceProfile": {"Name": "Nobody"}},
            "InvalidParameterValue",
            "Value (Nobody) for parameter iamInstanceProfile.name is invalid. "
            "Invalid IAM Instance Profile name",
        ),
        (
            {"IamInstanceProfile": {"Arn": "arn:aws:iam::111122223333:instance-profile/App"}},
            "InvalidParameterValue",
            "Value (arn:aws:iam::111122223333:instance-profile/App) for parameter "
            "iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN",
        ),
        (
            {"ImageId": "ami-00000000000000000"},
            "InvalidAMIID.NotFound",
            "The image id '[ami-00000000000000000]' does not exist",
        ),
        (
            {"UserData": "ZWNobw=="},
            "UnsupportedOperation",
            "Rolecall's EC2 does not offer the parameter UserData.",
        ),
        ({"MinCount": 21, "MaxCount": 21}, "InstanceLimitExceeded", ""),
    ],
)
def test_a_launch_that_cannot_be_is_refused_in_ec2s_words(world, change, code, message):
    found = refused(ec2, world, "RunInstances", **{**ONE, **change})
    assert found == (code, message or found[1])


def test_an_instance_gets_a_profile_another_and_none(world):
    instance_id = ec2(world, "RunInstances", **ONE)["Instances"][0]["InstanceId"]
    wanted = {"InstanceId": instance_id, "IamInstanceProfile": {"Arn": PROFILE}}
    made = ec2(world, "AssociateIamInstanceProfile", **wanted)["IamInstanceProfileAssociation"]
    assert made["State"] == "associating"
    assert refused(ec2, world, "AssociateIamInstanceProfile", **wanted) == (
        "IncorrectState",
        f"There is an existing association for instance {instance_id}",
    )
    replaced = ec2(
        world,
        "ReplaceIamInstanceProfileAssociation",
        AssociationId=made["AssociationId"],
        IamInstanceProfile={"Name": "App"},
    )["IamInstanceProfileAssociation"]
    assert replaced["AssociationId"] != made["AssociationId"]
    old = {"AssociationId": made["AssociationId"]}
    assert refused(ec2, world, "DisassociateIamInstanceProfile", **old)[0] == (
        "InvalidAssociationID.NotFound"
    )
    ec2(world, "DisassociateIamInstanceProfile", AssociationId=replaced["AssociationId"])
    assert "IamInstanceProfile" not in shown(world)[0]


def test_instances_are_filtered_and_returned_in_pages(world):
    tags = [{"ResourceType": "instance", "Tags": [{"Key": "team", "Value": "blue"}]}]
    ec2(world, "RunInstances", **{**ONE, "MaxCount": 6}, TagSpecifications=tags)
    ec2(world, "RunInstances", **ONE)
    blue = [{"Name": "tag:team", "Values": ["bl*"]}]
    first = ec2(world, "DescribeInstances", Filters=blue, MaxResults=5)
    token = first["NextToken"]
    rest = ec2(world, "DescribeInstances", Filters=blue, MaxResults=5, NextToken=token)
    assert "NextToken" not in rest
    assert len(rest["Reservations"][0]["Instances"]) == 1
    odd = [{"Name": "colour", "Values": ["x"]}]
    assert refused(ec2, world, "DescribeInstances", Filters=odd) == (
        "InvalidParameterValue",
        "The filter 'colour' is invalid",
    )


def test_terminating_asks_for_each_instance_by_its_tags(world):
    tags = [{"ResourceType": "instance", "Tags": [{"Key": "team", "Value": "blue"}]}]
    blue = ec2(world, "RunInstances", **ONE, TagSpecifications=tags)["Instances"][0]["InstanceId"]
    other = ec2(world, "RunInstances", **ONE)["Instances"][0]["InstanceId"]
    condition = {"StringEquals": {"ec2:ResourceTag/team": "blue"}}
    ann = world.add_user("ann", allow("ec2:TerminateInstances", Condition=condition))
    with pytest.raises(AccessDenied):
        perform(ann, "ec2:TerminateInstances", {"InstanceIds": [blue, other]})
    perform(ann, "ec2:TerminateInstances", {"InstanceIds": [blue]})
    assert [one["State"]["Name"] for one in shown(world)] == ["terminated", "running"]
