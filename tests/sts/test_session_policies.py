"""Session policies: they narrow what a role may do, and never widen it."""

from dataclasses import replace

import pytest

from iam.models import User
from iam.perform import AccessDenied, explain_event, perform
from iam.trail import end_visit
from iam.wire.errors import AwsError
from tests.sts.asking import assume, refused, session_from
from tests.worlds import allow

READ_ONLY = "arn:aws:iam::aws:policy/IAMReadOnlyAccess"


@pytest.fixture
def role(world):
    arn = world.add_role("Lesson", "*")
    world.do(
        "AttachRolePolicy",
        RoleName="Lesson",
        PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess",
    )
    return arn


@pytest.fixture
def ann(world):
    return world.add_user("ann", allow("sts:*"))


def _arns(*arns):
    return [{"arn": arn} for arn in arns]


def test_a_session_policy_narrows_the_role(world, ann, role):
    session = session_from(world, assume(ann, role, Policy=allow("iam:ListUsers")))
    assert perform(session, "iam:ListUsers")["Users"]
    with pytest.raises(AwsError, match="because no session policy allows the iam:ListRoles"):
        perform(session, "iam:ListRoles")


def test_a_managed_session_policy_narrows_the_role(world, ann, role):
    session = session_from(world, assume(ann, role, PolicyArns=_arns(READ_ONLY)))
    assert perform(session, "iam:ListUsers")["Users"]
    with pytest.raises(AwsError, match="no session policy allows the iam:CreateUser"):
        perform(session, "iam:CreateUser", {"UserName": "eve"})


def test_a_session_policy_that_is_gone_denies_instead_of_widening(world, ann, role):
    given = {"PolicyName": "Narrow", "PolicyDocument": allow("iam:ListUsers")}
    arn = world.do("CreatePolicy", **given)["Policy"]["Arn"]
    result = assume(ann, role, PolicyArns=_arns(arn))
    assert perform(session_from(world, result), "iam:ListUsers")["Users"]
    world.do("DeletePolicy", PolicyArn=arn)
    session = session_from(world, result)
    with pytest.raises(AccessDenied, match="no session policy allows") as caught:
        perform(session, "iam:ListUsers")
    end_visit(session.visit)
    assert caught.value.event_id is not None
    explained = explain_event(world.sandbox, caught.value.event_id, None)
    assert explained is not None
    why = explained.explanations[0]
    assert why.matches_record
    assert ("SESSION", "Narrow") in {(one.layer, one.name) for one in why.applied}


def test_a_session_policy_that_never_was_grants_nothing(world, ann, role):
    never = f"arn:aws:iam::{world.account_id}:policy/Never"
    session = session_from(world, assume(ann, role, PolicyArns=_arns(never)))
    with pytest.raises(AccessDenied, match="no session policy allows"):
        perform(session, "iam:ListUsers")
    both = session_from(world, assume(ann, role, PolicyArns=_arns(never, READ_ONLY)))
    assert perform(both, "iam:ListUsers")["Users"]


def test_a_boundary_that_is_gone_denies_too(world):
    ann = world.add_user("ann", allow("*"))
    gone = f"arn:aws:iam::{world.account_id}:policy/Gone"
    User.in_sandbox(world.sandbox).update(boundary_arn=gone)
    with pytest.raises(AwsError, match="because no permissions boundary allows"):
        perform(ann, "iam:ListUsers")


def test_two_sessions_of_one_name_in_one_visit_keep_their_own_policies(world, ann, role):
    narrow = session_from(world, assume(ann, role, Policy=allow("iam:ListRoles")))
    wide = replace(session_from(world, assume(ann, role)), visit=narrow.visit)
    assert perform(wide, "iam:ListUsers")["Users"]
    with pytest.raises(AwsError, match="no session policy"):
        perform(narrow, "iam:ListUsers")


@pytest.mark.parametrize(
    "policy",
    ["{", '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow"}]}', "null", "[]"],
)
def test_a_malformed_session_policy_is_refused(world, ann, role, policy):
    assert refused(ann, role, Policy=policy).code == "MalformedPolicyDocument"


def test_policies_and_arns_share_2048_characters(world, ann, role):
    long = allow(*(f"iam:Get{n}{'x' * 60}" for n in range(30)))
    error = refused(ann, role, Policy=long)
    assert error.code == "ValidationError"
    assert error.message.endswith("Member must have length less than or equal to 2048")


def test_ten_arns_are_the_most(world, ann, role):
    error = refused(ann, role, PolicyArns=_arns(*[READ_ONLY] * 11))
    assert error.message.endswith("Member must have length less than or equal to 10")
    assert assume(ann, role, PolicyArns=_arns(*[READ_ONLY] * 10))
