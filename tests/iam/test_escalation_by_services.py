"""Roles passed to services: the service must be trusted, the passing and every call be allowed."""

from typing import Any

import pytest

from console.services.ec2.factories import InstanceFactory
from console.services.ec2.models import Instance
from iam.analysis.escalation.pass_role_services import SERVICES, PassRoleService
from iam.factories import InstanceProfileFactory
from iam.perform import perform
from tests.iam.escalating import admin_role, ask, mallory, operations
from tests.worlds import World, allow, document


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


NANO = {"Condition": {"StringEquals": {"ec2:InstanceType": "t3.nano"}}}
CHOSEN = [
    ([{"Action": "ec2:RunInstances", "Resource": "arn:aws:ec2:*"}], True),
    ([{"Action": "ec2:RunInstances", "Resource": "arn:aws:ec2:*:*:instance/*"}], False),
    ([{"Action": "ec2:RunInstances", **NANO}], False),
    (
        [
            {"Action": "ec2:RunInstances", "NotResource": "arn:aws:ec2:*:*:instance/*"},
            {
                "Action": "ec2:RunInstances",
                "Resource": "arn:aws:ec2:*:*:instance/*",
                "Condition": {"StringEquals": {"ec2:InstanceType": "t3.nano"}},
            },
        ],
        True,
    ),
    (
        [
            {"Action": "ec2:RunInstances", "NotResource": "arn:aws:ec2:*:*:instance/*"},
            {
                "Action": ["ec2:RunInstances", "ec2:CreateTags"],
                "Resource": "arn:aws:ec2:*:*:instance/*",
                "Condition": {"StringEquals": {"aws:RequestTag/team": "red"}},
            },
        ],
        True,
    ),
    (
        [
            {"Action": "ec2:RunInstances", "NotResource": "arn:aws:ec2:*:*:instance/*"},
            {
                "Action": "ec2:RunInstances",
                "Resource": "arn:aws:ec2:*:*:instance/*",
                "Condition": {"StringEquals": {"aws:RequestTag/team": "red"}},
            },
        ],
        False,
    ),
]


@pytest.mark.parametrize(("statements", "there"), CHOSEN)
def test_a_launch_is_tried_as_its_policies_ask(
    world: World, statements: list[dict[str, Any]], there: bool
) -> None:
    """Service Authorization Reference of EC2: RunInstances needs all its resources, and tags."""
    passing = {"Action": "iam:PassRole"}
    rows = [{"Effect": "Allow", **one} for one in (*statements, passing)]
    text = document(*(one if "NotResource" in one else {"Resource": "*", **one} for one in rows))
    world.add_user("mallory", text)
    admin_role(world, Service="ec2.amazonaws.com")
    paths = ask(world).paths
    assert [operations(path) for path in paths] == [
        [
            (
                "iam:PassRole",
                "ec2:RunInstances",
                *(("ec2:CreateTags",) if "CreateTags" in text else ()),
            )
        ]
    ] * there


def test_a_function_is_named_as_the_policy_asks(world: World) -> None:
    functions = "arn:aws:lambda:us-east-1:975050059573:function:dev-*"
    mallory(world, "iam:PassRole")
    text = allow(*LAMBDA, resource=functions)
    world.do("PutUserPolicy", UserName="mallory", PolicyName="more", PolicyDocument=text)
    admin_role(world, Service="lambda.amazonaws.com")
    (path,) = ask(world).paths
    assert operations(path) == [("iam:PassRole", *LAMBDA)]


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


CONNECT = "ec2-instance-connect:SendSSHPublicKey"


def running(world: World, name: str = "Admin") -> Instance:
    """Launch an instance with a role that is there."""
    InstanceProfileFactory.create(account=world.account, name=name, role=name)
    instance: Instance = InstanceFactory.create(account=world.account, profile=name)
    return instance


def test_a_principal_who_may_connect_to_an_instance_gets_its_role(world: World) -> None:
    mallory(world, CONNECT)
    admin_role(world, Service="ec2.amazonaws.com")
    assert ask(world).paths == ()
    instance = running(world)
    (path,) = ask(world).paths
    assert operations(path) == [(CONNECT,)]
    assert path.steps[0].title == (
        f"Connect to the instance {instance.instance_id}, which acts as the role Admin"
    )
    perform(world.root(), "ec2:TerminateInstances", {"InstanceIds": [instance.instance_id]})
    assert ask(world).paths == ()


def test_connecting_may_be_limited_to_instances(world: World) -> None:
    mallory(world, CONNECT, resource="arn:aws:ec2:us-east-1:975050059573:instance/i-0")
    admin_role(world, Service="ec2.amazonaws.com")
    running(world)
    assert ask(world).paths == ()


def test_an_instance_gets_nothing_of_a_role_that_does_not_trust_it(world: World) -> None:
    mallory(world, CONNECT)
    admin_role(world, Service="ec2.amazonaws.com")
    running(world)
    text = document({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:TagSession"})
    world.do("UpdateAssumeRolePolicy", RoleName="Admin", PolicyDocument=text)
    assert ask(world).paths == ()
