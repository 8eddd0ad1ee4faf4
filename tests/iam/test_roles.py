"""Roles and their trust policies."""

import json

import pytest

from iam.perform import AccessDenied, perform
from iam.queries import bind
from tests.worlds import ACCOUNT_ID, document, make_world, trust

SECOND = "111122223333"


def _arn(kind: str, name: str, account_id: str = ACCOUNT_ID) -> str:
    return f"arn:aws:iam::{account_id}:{kind}/{name}"


def _principal(world, role: str) -> object:
    text = world.do("GetRole", RoleName=role)["Role"]["AssumeRolePolicyDocument"]
    return json.loads(text)["Statement"][0]["Principal"]["AWS"]


def test_create_role_answers_as_aws_does(world):
    text = trust(f"arn:aws:iam::{ACCOUNT_ID}:root")
    made = world.do(
        "CreateRole",
        RoleName="Reader",
        AssumeRolePolicyDocument=text,
        Description="reads",
        MaxSessionDuration=7200,
    )["Role"]
    assert made["Arn"] == _arn("role", "Reader")
    assert made["RoleId"].startswith("AROA")
    assert made["AssumeRolePolicyDocument"] == text
    shown = {**made, "MaxSessionDuration": 7200, "RoleLastUsed": {}}
    assert world.do("GetRole", RoleName="Reader")["Role"] == shown
    listed = world.do("ListRoles")["Roles"]
    assert [role["RoleName"] for role in listed] == ["Reader"]


def test_a_taken_name_is_refused_ignoring_case(world, refusal):
    world.add_role("Reader")
    error = refusal("CreateRole", RoleName="reader", AssumeRolePolicyDocument=trust(ACCOUNT_ID))
    assert (error.code, error.status) == ("EntityAlreadyExists", 409)
    assert error.message == "Role with name reader already exists."
    assert refusal("GetRole", RoleName="reader").message == (
        "The role with name reader cannot be found."
    )


@pytest.mark.parametrize(
    "principal",
    [
        f"arn:aws:iam::{ACCOUNT_ID}:root",
        f"arn:aws:iam::{SECOND}:root",
        _arn("user", "ann"),
        _arn("role", "team/Lead"),
        f"arn:aws:sts::{ACCOUNT_ID}:assumed-role/Lead/anyone",
        "*",
    ],
)
def test_principals_of_the_sandbox_are_accepted(world, principal):
    world.add_account(SECOND)
    world.add_user("ann")
    world.do(
        "CreateRole",
        RoleName="Lead",
        Path="/team/",
        AssumeRolePolicyDocument=trust(ACCOUNT_ID),
    )
    world.add_role("Reader", principal)
    assert _principal(world, "Reader") == [principal]


@pytest.mark.parametrize(
    "principal",
    [
        "999988887777",
        "arn:aws:iam::999988887777:root",
        _arn("user", "nobody"),
        _arn("user", "Ann"),
        _arn("user", "x/ann"),
        _arn("role", "nobody"),
        _arn("group", "g"),
        f"arn:aws:sts::{ACCOUNT_ID}:assumed-role/nobody/s",
        "AIDA2QWERTYUIOPASDFGH",
    ],
)
def test_principals_that_do_not_exist_are_refused_where_they_stand(world, refusal, principal):
    world.add_user("ann")
    text = json.dumps(json.loads(trust(ACCOUNT_ID, principal)), indent=2)
    error = refusal("CreateRole", RoleName="Reader", AssumeRolePolicyDocument=text)
    assert (error.code, error.status) == ("MalformedPolicyDocument", 400)
    assert error.message == f'Invalid principal in policy: "AWS":"{principal}"'
    assert text.splitlines()[error.line - 1][error.column - 1 :].startswith(f'"{principal}"')


def test_another_sandbox_is_never_a_principal(world, refusal):
    make_world("bob", SECOND)
    error = refusal("CreateRole", RoleName="R", AssumeRolePolicyDocument=trust(SECOND))
    assert error.message == f'Invalid principal in policy: "AWS":"{SECOND}"'


def test_services_and_federated_principals_pass(world):
    text = document(
        {
            "Effect": "Allow",
            "Principal": {"Service": "ec2.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    )
    world.do("CreateRole", RoleName="Ec2", AssumeRolePolicyDocument=text)
    assert bind(world.sandbox, text) == {}


def test_a_deleted_user_shows_as_raw_id_and_making_it_again_restores_nothing(world, refusal):
    ann_id = world.add_user("ann").principal_id
    world.add_role("Reader", _arn("user", "ann"))
    world.do("DeleteUser", UserName="ann")
    assert _principal(world, "Reader") == [ann_id]
    world.add_user("ann")
    assert _principal(world, "Reader") == [ann_id]
    shown = world.do("GetRole", RoleName="Reader")["Role"]["AssumeRolePolicyDocument"]
    error = refusal("UpdateAssumeRolePolicy", RoleName="Reader", PolicyDocument=shown)
    assert error.message == f'Invalid principal in policy: "AWS":"{ann_id}"'
    world.do("UpdateAssumeRolePolicy", RoleName="Reader", PolicyDocument=trust(_arn("user", "ann")))
    assert _principal(world, "Reader") == [_arn("user", "ann")]


def test_a_renamed_user_is_still_trusted_under_its_new_arn(world):
    world.add_user("ann")
    world.add_role("Reader", _arn("user", "ann"))
    world.do("UpdateUser", UserName="ann", NewUserName="bea", NewPath="/x/")
    assert _principal(world, "Reader") == [_arn("user", "x/bea")]


def test_only_principals_are_rewritten(world):
    world.add_user("ann")
    arn = _arn("user", "ann")
    text = document(
        {
            "Effect": "Allow",
            "Principal": {"AWS": arn},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:PrincipalArn": arn}},
        }
    )
    world.do("CreateRole", RoleName="Reader", AssumeRolePolicyDocument=text)
    world.do("DeleteUser", UserName="ann")
    shown = world.do("ListRoles")["Roles"][0]["AssumeRolePolicyDocument"]
    statement = json.loads(shown)["Statement"][0]
    assert statement["Principal"]["AWS"].startswith("AIDA")
    assert statement["Condition"]["StringEquals"]["aws:PrincipalArn"] == arn


def test_a_broken_trust_policy_is_refused_at_its_place_and_nothing_is_saved(world, refusal):
    error = refusal("CreateRole", RoleName="R", AssumeRolePolicyDocument='{\n  "Version" }')
    assert error.code == "MalformedPolicyDocument"
    assert (error.line, error.column) == (2, 13)
    assert world.do("ListRoles")["Roles"] == []


def test_a_trust_policy_without_version_is_accepted(world):
    text = json.dumps({"Statement": json.loads(trust(ACCOUNT_ID))["Statement"]})
    world.do("CreateRole", RoleName="R", AssumeRolePolicyDocument=text)


def test_a_trust_policy_has_its_quota_without_white_space(world, refusal):
    accounts = {"StringEquals": {"aws:PrincipalTag/x": ["y" * 100] * 20}}
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": ACCOUNT_ID},
        "Action": "sts:AssumeRole",
        "Condition": accounts,
    }
    error = refusal("CreateRole", RoleName="R", AssumeRolePolicyDocument=document(statement))
    assert error.message == "Cannot exceed quota for ACLSizePerRole: 2048"
    spaced = json.dumps(json.loads(trust(ACCOUNT_ID)), indent=400)
    world.do("CreateRole", RoleName="R", AssumeRolePolicyDocument=spaced)


def test_update_role_without_a_duration_is_an_hour(world):
    world.add_role("R")
    world.do("UpdateRole", RoleName="R", MaxSessionDuration=7200, Description="d")
    world.do("UpdateRole", RoleName="R")
    role = world.do("GetRole", RoleName="R")["Role"]
    assert (role["MaxSessionDuration"], role["Description"]) == (3600, "d")


def test_a_role_with_policies_stays(world, refusal):
    world.add_role("R")
    arn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
    world.do("AttachRolePolicy", RoleName="R", PolicyArn=arn)
    assert refusal("DeleteRole", RoleName="R").message == (
        "Cannot delete entity, must detach all policies first."
    )
    world.do("DetachRolePolicy", RoleName="R", PolicyArn=arn)
    world.do("DeleteRole", RoleName="R")
    assert world.do("ListRoles")["Roles"] == []


def test_a_service_linked_role_is_aws_alone(world, refusal):
    world.do("CreateServiceLinkedRole", AWSServiceName="support.amazonaws.com")
    error = refusal("DeleteRole", RoleName="AWSServiceRoleForSupport")
    assert error.code == "UnmodifiableEntity"
    path = "/aws-service-role/support.amazonaws.com/"
    own = refusal("CreateRole", RoleName="R", Path=path, AssumeRolePolicyDocument=trust(ACCOUNT_ID))
    assert own.message == (
        "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles"
    )


def test_a_recreated_user_is_not_the_trusted_one(world):
    world.add_user("ann")
    role = world.add_role("Reader", _arn("user", "ann"))
    assume = {"RoleArn": role, "RoleSessionName": "ann"}
    assert perform(world.user("ann"), "sts:AssumeRole", assume)["Credentials"]
    world.do("DeleteUser", UserName="ann")
    again = world.add_user("ann")
    with pytest.raises(AccessDenied):
        perform(again, "sts:AssumeRole", assume)
    world.do("UpdateAssumeRolePolicy", RoleName="Reader", PolicyDocument=trust(_arn("user", "ann")))
    assert perform(world.user("ann"), "sts:AssumeRole", assume)["Credentials"]
