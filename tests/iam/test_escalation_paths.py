"""Paths of several steps, across accounts and through roles, and who needs none."""

from iam.analysis import escalations
from iam.models import Document, Role
from iam.perform import perform
from tests.iam.analysis_worlds import OTHER_ID, arn, seen
from tests.iam.escalating import (
    ADMIN,
    EVERYTHING,
    SELF,
    admin_group,
    admin_role,
    admin_role_for_nobody,
    admin_user,
    ask,
    deny,
    mallory,
    only_path,
    walk,
)
from tests.worlds import ACCOUNT_ID, NOON, World, allow, document, trust


def test_roles_are_chained(world: World) -> None:
    mallory(world)
    world.add_role("A", SELF)
    world.add_role("B", arn("role", "A"))
    admin_role(world, "C", arn("role", "B"))
    assert only_path(world) == [("sts:AssumeRole",)] * 3
    assert ask(world, most_steps=2).paths == ()


def test_five_steps_are_the_most(world: World) -> None:
    mallory(world)
    before = SELF
    for number in range(1, 7):
        name = f"R{number}"
        world.add_role(name, before)
        before = arn("role", name)
        if number >= 5:
            world.do("AttachRolePolicy", RoleName=name, PolicyArn=ADMIN) if number == 6 else None
    assert ask(world).paths == ()
    assert len(ask(world, most_steps=6).paths[0].steps) == 6


def test_a_right_in_another_account_is_reached_by_a_role_there(world: World) -> None:
    mallory(world, "sts:AssumeRole")
    other = world.add_account(OTHER_ID)
    root = world.root(other)
    text = trust(ACCOUNT_ID)
    perform(root, "iam:CreateRole", {"RoleName": "Far", "AssumeRolePolicyDocument": text})
    perform(root, "iam:AttachRolePolicy", {"RoleName": "Far", "PolicyArn": ADMIN})
    (path,) = ask(world).paths
    assert path.principal == arn("role", "Far", OTHER_ID)
    whole = seen(world, ACCOUNT_ID)
    someone = whole.someone(SELF)
    assert someone is not None
    assert escalations(whole, someone).paths == ()


def test_the_shortest_path_comes_first(world: World) -> None:
    mallory(world, "iam:UpdateAssumeRolePolicy", "iam:CreateAccessKey")
    admin_role_for_nobody(world)
    admin_user(world)
    paths = ask(world, most_paths=5).paths
    assert [len(path.steps) for path in paths] == [1, 2]
    for path in paths:
        walk(world, path)


def test_an_administrator_needs_no_step(world: World) -> None:
    world.add_user("boss", EVERYTHING)
    assert [path.steps for path in ask(world, "boss").paths] == [()]
    whole = seen(world)
    root = whole.everyone[0]
    assert [path.steps for path in escalations(whole, root).paths] == [()]


def test_power_without_iam_is_not_all_power(world: World) -> None:
    world.add_user("power")
    power = "arn:aws:iam::aws:policy/PowerUserAccess"
    world.do("AttachUserPolicy", UserName="power", PolicyArn=power)
    assert ask(world, "power").paths == ()


def test_a_role_is_asked_about_like_a_user(world: World) -> None:
    world.add_role("R")
    text = allow("iam:PutRolePolicy")
    world.do("PutRolePolicy", RoleName="R", PolicyName="in", PolicyDocument=text)
    assert only_path(world, name="R", kind="role") == [("iam:PutRolePolicy",)]


def test_a_session_of_a_role_may_put_its_user_into_a_group(world: World) -> None:
    mallory(world)
    world.add_role("Helper", SELF)
    text = allow("iam:AddUserToGroup")
    world.do("PutRolePolicy", RoleName="Helper", PolicyName="in", PolicyDocument=text)
    admin_group(world)
    (path,) = ask(world).paths
    assert [step.title for step in path.steps] == [
        "Assume the role Helper",
        "Add the user mallory to the group admins",
    ]
    walk(world, path)


def test_each_step_names_its_principals_and_its_reason(world: World) -> None:
    mallory(world, "iam:AttachUserPolicy")
    (step,) = ask(world).paths[0].steps
    assert (step.actor, step.target) == (SELF, SELF)
    assert step.title == "Attach AdministratorAccess to the user mallory"
    assert step.reason == "iam:AttachUserPolicy is allowed by given, statement 1"
    assert step.source == "Rhino 7, pathfinding iam-008"


def test_roles_of_aws_itself_are_not_changed(world: World) -> None:
    mallory(world, "iam:*")
    world.do(
        "PutUserPolicy",
        UserName="mallory",
        PolicyName="no",
        PolicyDocument=deny("kms:*", "iam:Create*"),
    )
    own = deny("iam:*", resource=SELF)
    world.do("PutUserPolicy", UserName="mallory", PolicyName="own", PolicyDocument=own)
    text = document(
        {
            "Effect": "Allow",
            "Principal": {"Service": "ec2.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    )
    Role.add(
        world.sandbox,
        account=world.account,
        path="/aws-service-role/ec2.amazonaws.com/",
        name="AWSServiceRoleForEC2",
        trust=Document.of(world.sandbox, text),
        created_at=NOON,
    )
    assert ask(world).paths == ()
