"""Ways to other goals than administrator rights: to act as a role, to do an action."""

from iam.analysis import ActAs, Do
from iam.factories import ControlPolicyFactory
from tests.iam.analysis_worlds import OTHER_ID, arn
from tests.iam.escalating import (
    SELF,
    admin_role_for_nobody,
    admin_user,
    ask,
    carry_out,
    deny,
    mallory,
    operations,
    walk_to,
)
from tests.worlds import ACCOUNT_ID, World, allow

READER = arn("role", "Reader")
KEY = "arn:aws:s3:::reports/2026.csv"


def _reader(world: World, trusted: str = SELF) -> None:
    world.add_role("Reader", trusted)
    text = allow("s3:GetObject", resource=KEY)
    world.do("PutRolePolicy", RoleName="Reader", PolicyName="read", PolicyDocument=text)


def test_a_role_is_a_goal_though_it_is_no_administrator(world: World) -> None:
    mallory(world)
    _reader(world)
    (path,) = ask(world, goal=ActAs(READER)).paths
    assert operations(path) == [("sts:AssumeRole",)]
    assert path.principal == READER
    carry_out(world, path)
    assert ask(world).paths == ()


def test_a_role_out_of_reach_is_reached_by_an_edited_trust_policy(world: World) -> None:
    mallory(world, "iam:UpdateAssumeRolePolicy")
    admin_role_for_nobody(world)
    goal = ActAs(arn("role", "Admin"))
    (path,) = ask(world, goal=goal).paths
    assert operations(path) == [("iam:UpdateAssumeRolePolicy",), ("sts:AssumeRole",)]
    carry_out(world, path)
    assert ask(world, "mallory", goal=ActAs(READER)).paths == ()


def test_a_session_of_the_role_needs_no_step(world: World) -> None:
    _reader(world, "*")
    assert [path.steps for path in ask(world, "Reader", "role", goal=ActAs(READER)).paths] == [()]


def test_an_action_is_reached_through_a_role(world: World) -> None:
    mallory(world)
    _reader(world)
    (path,) = ask(world, goal=Do("s3:GetObject", KEY)).paths
    assert operations(path) == [("sts:AssumeRole",)]
    walk_to(world, path, "s3:GetObject", KEY)
    assert ask(world, goal=Do("s3:GetObject", f"{KEY}.gz")).paths == ()
    assert ask(world, goal=Do("s3:PutObject", KEY)).paths == ()


def test_an_allowed_action_needs_no_step(world: World) -> None:
    mallory(world, "s3:GetObject", resource=KEY)
    assert [path.steps for path in ask(world, goal=Do("s3:GetObject", KEY)).paths] == [()]


def test_an_action_is_reached_by_a_right_that_one_gives_oneself(world: World) -> None:
    mallory(world, "iam:PutUserPolicy")
    (path,) = ask(world, goal=Do("s3:GetObject", KEY)).paths
    assert operations(path) == [("iam:PutUserPolicy",)]
    walk_to(world, path, "s3:GetObject", KEY)


def test_another_users_key_is_a_way_to_act_as_it(world: World) -> None:
    mallory(world, "iam:CreateAccessKey")
    admin_user(world)
    (path,) = ask(world, goal=ActAs(arn("user", "boss"))).paths
    assert operations(path) == [("iam:CreateAccessKey",)]


def test_a_deny_keeps_a_goal_away(world: World) -> None:
    mallory(world)
    _reader(world)
    no = deny("sts:AssumeRole")
    world.do("PutUserPolicy", UserName="mallory", PolicyName="no", PolicyDocument=no)
    assert ask(world, goal=ActAs(READER)).paths == ()
    assert ask(world, goal=Do("s3:GetObject", KEY)).paths == ()


def test_control_policies_stay_after_a_change(world: World) -> None:
    World(world.sandbox, world.add_account(OTHER_ID)).organize()
    world.sandbox.refresh_from_db()
    mallory(world, "iam:AttachUserPolicy")
    no = deny("s3:*")
    ControlPolicyFactory.create(sandbox=world.sandbox, document=no, targets=[ACCOUNT_ID])
    assert ask(world, goal=Do("s3:GetObject", KEY)).paths == ()
    assert ask(world, goal=Do("ec2:RunInstances")).paths != ()
