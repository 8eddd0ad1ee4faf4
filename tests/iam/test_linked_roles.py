"""Service-linked roles as AWS makes them.

Sources: AWS CLI's example of create-service-linked-role and the API reference (lists in the trust
policy), IAM user guide, *Edit a service-linked role description*, Terraform's acceptance tests of
aws_iam_service_linked_role (names, description), LocalStack's tests validated on AWS (services, no
description unless one is given).
"""

import json

import pytest

from iam.catalogue import OF_EVERY_ACCOUNT, service_linked_role
from iam.factories import ServiceLinkedRoleFactory

CUSTOM = "custom-resource.application-autoscaling.amazonaws.com"


@pytest.mark.parametrize(
    ("service", "name"),
    [
        (CUSTOM, "AWSServiceRoleForApplicationAutoScaling_CustomResource"),
        (
            "dynamodb.application-autoscaling.amazonaws.com",
            "AWSServiceRoleForApplicationAutoScaling_DynamoDBTable",
        ),
        ("email.cognito-idp.amazonaws.com", "AWSServiceRoleForAmazonCognitoIdpEmailService"),
        ("wafv2.amazonaws.com", "AWSServiceRoleForWAFV2Logging"),
        ("es.amazonaws.com", "AWSServiceRoleForAmazonElasticsearchService"),
        ("transitgateway.amazonaws.com", "AWSServiceRoleForVPCTransitGateway"),
        ("elasticmapreduce.amazonaws.com", "AWSServiceRoleForEMRCleanup"),
        ("replicator.lambda.amazonaws.com", "AWSServiceRoleForLambdaReplicator"),
    ],
)
def test_a_service_has_a_role_with_lists_in_its_trust_policy(world, service, name):
    role = world.do("CreateServiceLinkedRole", AWSServiceName=service)["Role"]
    assert (role["RoleName"], role["Path"]) == (name, f"/aws-service-role/{service}/")
    (statement,) = json.loads(role["AssumeRolePolicyDocument"])["Statement"]
    assert statement["Action"] == ["sts:AssumeRole"]
    assert statement["Principal"] == {"Service": [service]}
    assert not {"Description", "MaxSessionDuration", "RoleLastUsed"} & set(role)
    (attached,) = world.do("ListAttachedRolePolicies", RoleName=name)["AttachedPolicies"]
    assert attached["PolicyArn"].startswith("arn:aws:iam::aws:policy/aws-service-role/")


@pytest.mark.parametrize("service", ["autoscaling", "connect", "lexv2"])
def test_these_services_take_a_suffix(world, service):
    asked = {"AWSServiceName": f"{service}.amazonaws.com", "CustomSuffix": "two"}
    assert world.do("CreateServiceLinkedRole", **asked)["Role"]["RoleName"].endswith("_two")


def test_a_description_can_be_given_and_changed_and_the_rest_cannot(world, refusal):
    asked = {"AWSServiceName": "autoscaling.amazonaws.com", "Description": "first"}
    role = world.do("CreateServiceLinkedRole", **asked)["Role"]
    named = {"RoleName": role["RoleName"]}
    assert role["Description"] == "first"
    world.do("UpdateRole", **named, Description="second")
    assert world.do("GetRole", **named)["Role"]["Description"] == "second"
    changed = world.do("UpdateRoleDescription", **named, Description="third")["Role"]
    assert changed["Description"] == "third"
    for operation, more in (
        ("UpdateRole", {"Description": "x", "MaxSessionDuration": 7200}),
        ("UpdateAssumeRolePolicy", {"PolicyDocument": role["AssumeRolePolicyDocument"]}),
        ("DeleteRole", {}),
    ):
        assert refusal(operation, **named, **more).code == "UnmodifiableEntity"
    assert world.do("GetRole", **named)["Role"]["Description"] == "third"


def test_a_role_that_its_service_made_has_the_services_description(world):
    role = ServiceLinkedRoleFactory.create(account=world.account, service="ecs.amazonaws.com")
    usual = service_linked_role("ecs.amazonaws.com")
    assert usual
    assert role.description == usual.description != ""


def test_a_role_of_a_service_that_uses_every_account_is_not_deleted(world):
    """IAM user guide, *Delete a service-linked role*: the task of one that is in use fails."""
    for service in OF_EVERY_ACCOUNT:
        role = ServiceLinkedRoleFactory.create(account=world.account, service=service)
        task = world.do("DeleteServiceLinkedRole", RoleName=role.name)["DeletionTaskId"]
        status = world.do("GetServiceLinkedRoleDeletionStatus", DeletionTaskId=task)
        assert status["Status"] == "FAILED"
        assert service in status["Reason"]["Reason"]
        assert world.do("GetRole", RoleName=role.name)
