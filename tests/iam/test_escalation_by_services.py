"""Roles passed to services: the service must be trusted, the passing and every call be allowed."""

import pytest

from iam.analysis.escalation.pass_role_services import SERVICES, PassRoleService
from tests.iam.escalating import admin_role, ask, mallory, operations
from tests.worlds import World, document


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: "+".join(one.actions))
def test_a_role_that_trusts_the_service_is_taken_over(
    world: World, service: PassRoleService
) -> None:
    mallory(world, "iam:PassRole", *service.actions)
    admin_role(world, Service=service.principal)
    (path,) = ask(world).paths
    assert operations(path) == [("iam:PassRole", *service.actions)]
    assert path.steps[0].source == service.source


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: "+".join(one.actions))
def test_a_role_that_trusts_another_service_is_out_of_reach(
    world: World, service: PassRoleService
) -> None:
    mallory(world, "iam:PassRole", *service.actions)
    admin_role(world, Service="states.amazonaws.com")
    assert ask(world).paths == ()


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: "+".join(one.actions))
def test_every_call_is_needed(world: World, service: PassRoleService) -> None:
    admin_role(world, Service=service.principal)
    needed = ("iam:PassRole", *service.actions)
    mallory(world, *needed[:-1])
    assert ask(world).paths == ()
    world.add_user("other", "")
    assert ask(world, "other").paths == ()


LAMBDA = ("lambda:CreateFunction", "lambda:InvokeFunction")


def test_passing_may_be_limited_to_a_service(world: World) -> None:
    to_ec2 = {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}
    mallory(world, "iam:PassRole", *LAMBDA, Condition=to_ec2)
    admin_role(world, Service="lambda.amazonaws.com")
    assert ask(world).paths == ()


def test_a_boundary_of_the_passed_role_limits_what_is_won(world: World) -> None:
    mallory(world, "iam:PassRole", *LAMBDA)
    admin_role(world, Service="lambda.amazonaws.com")
    s3 = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
    world.do("PutRolePermissionsBoundary", RoleName="Admin", PermissionsBoundary=s3)
    assert ask(world).paths == ()


def test_a_passed_role_may_be_only_the_first_step(world: World) -> None:
    mallory(world, "iam:PassRole", *LAMBDA)
    world.add_role("Runner")
    text = document(
        {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    )
    world.do("UpdateAssumeRolePolicy", RoleName="Runner", PolicyDocument=text)
    admin_role(world, "Admin", "arn:aws:iam::975050059573:role/Runner")
    (path,) = ask(world).paths
    assert operations(path) == [("iam:PassRole", *LAMBDA), ("sts:AssumeRole",)]
