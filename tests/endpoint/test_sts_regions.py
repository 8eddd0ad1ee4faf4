"""STS in Regions: deactivated ones, the global endpoint's tokens, opt-in Regions; AssumeRoot."""

from typing import Any

import pytest

from iam.models import Event
from iam.wire.errors import AwsError
from tests.endpoint.clients import ENDPOINT, Clients, keys_of, refusal
from tests.worlds import ACCOUNT_ID, World, allow, trust

GLOBAL = Clients(f"{ENDPOINT}/sts/global")
MEMBER = "210987654321"
TASKS = "arn:aws:iam::aws:policy/root-task/"
AUDIT = {"arn": f"{TASKS}IAMAuditRootUserCredentials"}


@pytest.fixture
def role(world: World) -> dict[str, str]:
    world.add_role("R")
    return {"RoleArn": f"arn:aws:iam::{ACCOUNT_ID}:role/R", "RoleSessionName": "lesson"}


def deactivate(world: World, region: str = "eu-west-1", status: str = "Inactive") -> None:
    world.do("UpdateSecurityTokenServiceRegion", Region=region, Status=status)


def test_a_deactivated_region_gives_no_credentials(world, admin, clients, role):
    deactivate(world)
    sts = clients("sts", admin, "eu-west-1")
    for call, params in (
        (sts.assume_role, role),
        (sts.get_session_token, {}),
        (sts.get_federation_token, {"Name": "bob"}),
    ):
        code, message, status = refusal(call, **params)
        assert (code, status) == ("RegionDisabledException", 403)
        assert message.startswith(f"STS is not activated in this region for account:{ACCOUNT_ID}.")
    assert sts.get_caller_identity()
    assert clients("sts", admin, "eu-west-2").assume_role(**role)
    deactivate(world, status="Active")
    assert sts.assume_role(**role)


def test_the_account_of_the_role_decides_about_its_region(world, admin, clients):
    other = world.add_account(MEMBER)
    from_here = trust(f"arn:aws:iam::{ACCOUNT_ID}:root")
    policy = {"RoleName": "R", "AssumeRolePolicyDocument": from_here}
    world.other(other, "CreateRole", **policy)
    world.other(other, "UpdateSecurityTokenServiceRegion", Region="eu-west-1", Status="Inactive")
    asked = {"RoleArn": f"arn:aws:iam::{MEMBER}:role/R", "RoleSessionName": "lesson"}
    code, message, _ = refusal(clients("sts", admin, "eu-west-1").assume_role, **asked)
    assert code == "RegionDisabledException"
    assert f"account:{MEMBER}" in message


def test_credentials_go_on_working_where_sts_was_deactivated(world, admin, clients, role):
    given = keys_of(clients("sts", admin, "eu-west-1").assume_role(**role)["Credentials"])
    deactivate(world)
    assert clients("sts", given, "eu-west-1").get_caller_identity()


@pytest.mark.parametrize("region", ["us-east-1", "af-south-1", "mars-1"])
def test_some_regions_are_fixed(world, region):
    with pytest.raises(AwsError, match="cannot be changed"):
        deactivate(world, region)


def test_tokens_of_the_global_endpoint_are_refused_in_opt_in_regions(world, admin, clients, role):
    given = keys_of(GLOBAL("sts", admin).assume_role(**role)["Credentials"])
    assert clients("sts", given, "eu-west-1").get_caller_identity()
    for service, call in (("sts", "get_caller_identity"), ("s3", "list_buckets")):
        found = refusal(getattr(clients(service, given, "af-south-1"), call))
        assert found == (
            "InvalidClientTokenId" if service == "sts" else "InvalidToken",
            found[1],
            found[2],
        )
    session = keys_of(GLOBAL("sts", admin).get_session_token()["Credentials"])
    found = refusal(clients("sts", session, "af-south-1").get_caller_identity)
    assert found[0] == "InvalidClientTokenId"


def test_regional_tokens_are_valid_everywhere(admin, clients, role):
    given = keys_of(clients("sts", admin, "us-east-1").assume_role(**role)["Credentials"])
    assert clients("sts", given, "af-south-1").get_caller_identity()


def test_version_two_is_valid_in_all_regions(world, admin, clients, role):
    iam = clients("iam", admin)
    assert iam.get_account_summary()["SummaryMap"]["GlobalEndpointTokenVersion"] == 1
    iam.set_security_token_service_preferences(GlobalEndpointTokenVersion="v2Token")
    assert iam.get_account_summary()["SummaryMap"]["GlobalEndpointTokenVersion"] == 2
    given = keys_of(GLOBAL("sts", admin).assume_role(**role)["Credentials"])
    assert clients("sts", given, "af-south-1").get_caller_identity()


# AssumeRoot


@pytest.fixture
def organization(world: World) -> World:
    """An organization: the first account manages it, the second is a member with a root key."""
    member = world.add_account(MEMBER)
    world.organize()
    world.other(member, "CreateAccessKey")
    world.do("EnableOrganizationsRootSessions")
    return world


def assume_root(clients: Clients, keys: Any, **more: Any) -> dict[str, Any]:
    request = {"TargetPrincipal": MEMBER, "TaskPolicyArn": AUDIT, **more}
    answer: dict[str, Any] = clients("sts", keys).assume_root(**request)
    return answer


def test_the_management_account_becomes_a_members_root_for_a_task(organization, admin, clients):
    given = keys_of(assume_root(clients, admin)["Credentials"])
    me = clients("sts", given).get_caller_identity()
    assert me["Arn"] == f"arn:aws:iam::{MEMBER}:root"
    assert clients("iam", given).list_access_keys()["AccessKeyMetadata"]
    assert refusal(clients("iam", given).list_users)[0] == "AccessDenied"
    assert refusal(clients("s3", given).list_buckets)[0] == "AccessDenied"


def test_the_task_decides_what_is_left(organization, admin, clients):
    task = {"arn": f"{TASKS}IAMDeleteRootUserCredentials"}
    given = keys_of(assume_root(clients, admin, TaskPolicyArn=task)["Credentials"])
    iam = clients("iam", given)
    key = iam.list_access_keys()["AccessKeyMetadata"][0]["AccessKeyId"]
    iam.delete_access_key(AccessKeyId=key)
    assert refusal(iam.create_access_key)[0] == "AccessDenied"


def test_a_policy_may_name_member_and_task(organization, clients):
    condition = {"StringEquals": {"sts:TaskPolicyArn": AUDIT["arn"]}}
    member = f"arn:aws:iam::{MEMBER}:root"
    policy = allow("sts:AssumeRoot", resource=member, Condition=condition)
    organization.add_user("auditor", policy)
    keys = keys_of(organization.do("CreateAccessKey", UserName="auditor")["AccessKey"])
    assert assume_root(clients, keys)
    other = {"arn": f"{TASKS}S3UnlockBucketPolicy"}
    asked = {"TargetPrincipal": MEMBER, "TaskPolicyArn": other}
    assert refusal(clients("sts", keys).assume_root, **asked)[0] == "AccessDenied"


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"TargetPrincipal": "111122223333"}, "AccessDenied"),
        ({"TargetPrincipal": ACCOUNT_ID}, "AccessDenied"),
        ({"TargetPrincipal": "arn:aws:iam::1:user/x"}, "ValidationError"),
        (
            {"TaskPolicyArn": {"arn": "arn:aws:iam::aws:policy/AdministratorAccess"}},
            "ValidationError",
        ),
    ],
)
def test_an_unknown_member_or_task_is_refused(organization, admin, clients, request_, code):
    asked = {"TargetPrincipal": MEMBER, "TaskPolicyArn": AUDIT, **request_}
    assert refusal(clients("sts", admin).assume_root, **asked)[0] == code


def test_root_sessions_have_to_be_enabled_and_asked_for_at_a_regional_endpoint(
    organization, admin, clients
):
    asked = {"TargetPrincipal": MEMBER, "TaskPolicyArn": AUDIT}
    code, message, _ = refusal(GLOBAL("sts", admin).assume_root, **asked)
    assert code == "ValidationError"
    assert "not supported on the global endpoint" in message
    clients("iam", admin).disable_organizations_root_sessions()
    assert refusal(clients("sts", admin).assume_root, **asked)[0] == "AccessDenied"


def test_the_features_are_the_management_accounts(organization, admin, clients):
    features = clients("iam", admin).list_organizations_features()
    assert features["EnabledFeatures"] == ["RootSessions"]
    assert features["OrganizationId"].startswith("o-")
    member_admin = organization.other(
        organization.add_account("333344445555", "third"), "CreateAccessKey"
    )
    keys = keys_of(member_admin["AccessKey"])
    assert refusal(clients("iam", keys).list_organizations_features)[0] == (
        "AccountNotManagementOrDelegatedAdministratorException"
    )


def test_without_an_organization_there_is_none(admin, clients):
    assert refusal(clients("iam", admin).list_organizations_features)[0] == (
        "OrganizationNotFoundException"
    )
    asked = {"TargetPrincipal": MEMBER, "TaskPolicyArn": AUDIT}
    assert refusal(clients("sts", admin).assume_root, **asked)[0] == "AccessDenied"


def test_both_accounts_have_the_record(organization, admin, clients):
    assume_root(clients, admin)
    events = Event.in_sandbox(organization.sandbox).filter(name="AssumeRoot")
    assert {one.account_id for one in events} == {ACCOUNT_ID, MEMBER}


def test_a_session_lasts_fifteen_minutes_at_most(organization, admin, clients):
    asked = {"TargetPrincipal": MEMBER, "TaskPolicyArn": AUDIT, "DurationSeconds": 901}
    assert refusal(clients("sts", admin).assume_root, **asked)[0] == "ValidationError"
