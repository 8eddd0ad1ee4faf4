"""Last-accessed details: from policies and from what the account's own trail holds."""

import pytest

from iam.perform import AccessDenied, perform
from tests.worlds import NOON, allow


@pytest.fixture
def ann(world):
    """A user who may read buckets and is denied everything else."""
    caller = world.add_user("ann", allow("s3:Get*", "s3:ListAllMyBuckets", "sqs:*"))
    perform(caller, "s3:ListBuckets")
    with pytest.raises(AccessDenied):
        perform(caller, "iam:ListUsers")
    world.events(caller)
    return caller


def _details(world, arn, **params):
    job = world.do("GenerateServiceLastAccessedDetails", Arn=arn, **params)["JobId"]
    found = world.do("GetServiceLastAccessedDetails", JobId=job)
    return job, {one["ServiceNamespace"]: one for one in found["ServicesLastAccessed"]}


def test_a_users_services_are_those_of_the_policies_with_their_last_use(world, ann):
    _, found = _details(world, ann.arn)
    assert set(found) == {"s3", "sqs"}
    assert found["s3"]["LastAuthenticated"] == NOON
    assert found["s3"]["LastAuthenticatedEntity"] == ann.arn
    assert found["s3"]["TotalAuthenticatedEntities"] == 1
    assert "LastAuthenticated" not in found["sqs"]
    assert found["sqs"]["TotalAuthenticatedEntities"] == 0


def test_actions_are_returned_if_requested(world, ann):
    _, found = _details(world, ann.arn, Granularity="ACTION_LEVEL")
    actions = found["s3"]["TrackedActionsLastAccessed"]
    assert [one["ActionName"] for one in actions] == ["ListBuckets"]


def test_a_groups_and_a_policys_use_is_that_of_their_members_and_holders(world, ann):
    world.do("CreateGroup", GroupName="devs")
    world.do("AddUserToGroup", GroupName="devs", UserName="ann")
    document = allow("s3:*", "iam:*")
    arn = world.do("CreatePolicy", PolicyName="p", PolicyDocument=document)["Policy"]["Arn"]
    world.do("AttachGroupPolicy", GroupName="devs", PolicyArn=arn)
    group = f"arn:aws:iam::{world.account_id}:group/devs"
    for subject in (group, arn):
        job, found = _details(world, subject)
        assert found["iam"]["LastAuthenticatedEntity"] == ann.arn
        listed = world.do(
            "GetServiceLastAccessedDetailsWithEntities", JobId=job, ServiceNamespace="s3"
        )
        (entity,) = listed["EntityDetailsList"]
        assert (entity["EntityInfo"]["Name"], entity["LastAuthenticated"]) == ("ann", NOON)


def test_the_policies_that_grant_a_service_are_named_with_their_owner(world, ann):
    arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
    world.do("AttachUserPolicy", UserName="ann", PolicyArn=arn)
    found = world.do(
        "ListPoliciesGrantingServiceAccess", Arn=ann.arn, ServiceNamespaces=["sqs", "s3", "ec2"]
    )["PoliciesGrantingServiceAccess"]
    inline = {"PolicyName": "given", "PolicyType": "INLINE"}
    inline |= {"EntityType": "USER", "EntityName": "ann"}
    managed = {"PolicyName": "AmazonS3FullAccess", "PolicyType": "MANAGED", "PolicyArn": arn}
    assert found[0] == {"ServiceNamespace": "sqs", "Policies": [inline]}
    assert sorted(found[1]["Policies"], key=str) == sorted([managed, inline], key=str)
    assert found[2] == {"ServiceNamespace": "ec2", "Policies": []}


def test_an_unknown_identity_and_an_unknown_job_are_refused(world, refusal):
    arn = f"arn:aws:iam::{world.account_id}:user/nobody"
    assert refusal("GenerateServiceLastAccessedDetails", Arn=arn).code == "NoSuchEntity"
    for job in ("0" * 36, "8f6a1a1e-0000-4000-8000-000000000000"):
        assert refusal("GetServiceLastAccessedDetails", JobId=job).code == "NoSuchEntity"
