"""Members of IAM's answers, as they were recorded on AWS.

Source: the snapshots of LocalStack's tests of IAM that are marked as validated on AWS, recorded
from 10 to 19 February 2026 (tests/aws/services/iam/*.snapshot.json); moto's tests marked
aws_verified say the same of GetPolicy and CreatePolicy.
"""

from dataclasses import replace
from typing import Any

import pytest

from iam.perform import perform
from tests.federation.documents import metadata
from tests.iam.certificates import KEY, OWN
from tests.worlds import World, allow, document, trust

SERVED = document(
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
)
OWN_ROLE = {"Path", "RoleName", "RoleId", "Arn", "CreateDate", "AssumeRolePolicyDocument"}
USER = {"Path", "UserName", "UserId", "Arn", "CreateDate"}
GROUP = {"Path", "GroupName", "GroupId", "Arn", "CreateDate"}
PROFILE = {"Path", "InstanceProfileName", "InstanceProfileId", "Arn", "CreateDate", "Roles"}
POLICY = {"PolicyName", "PolicyId", "Arn", "Path", "DefaultVersionId", "AttachmentCount",
          "PermissionsBoundaryUsageCount", "IsAttachable", "CreateDate", "UpdateDate"}  # fmt: skip
CERTIFICATE = {"Path", "ServerCertificateName", "ServerCertificateId", "Arn", "UploadDate",
               "Expiration"}  # fmt: skip
TAGS = {"Tags"}


def members(shape: Any) -> set[str]:
    return set(shape)


@pytest.fixture
def policy(world: World) -> str:
    given = {"PolicyName": "p", "PolicyDocument": allow("s3:*"), "Description": "reads"}
    made = world.do("CreatePolicy", **given)["Policy"]
    assert members(made) == POLICY, "CreatePolicy never returns a description"
    return str(made["Arn"])


def test_users_and_groups_have_tags_only_if_there_are_some(world: World) -> None:
    for made in (world.do("CreateUser", UserName="u"), world.do("GetUser", UserName="u")):
        assert members(made["User"]) == USER
    assert members(world.do("ListUsers")["Users"][0]) == USER
    for made in (world.do("CreateGroup", GroupName="g"), world.do("GetGroup", GroupName="g")):
        assert members(made["Group"]) == GROUP
    tagged = world.do("CreateUser", UserName="t", Tags=[{"Key": "k", "Value": "v"}])["User"]
    assert members(tagged) == USER | TAGS
    assert members(world.do("ListUsers")["Users"][0]) == USER


def test_create_role_shows_less_than_get_role(world: World) -> None:
    made = world.do("CreateRole", RoleName="r", AssumeRolePolicyDocument=SERVED)["Role"]
    assert members(made) == OWN_ROLE
    shown = {"MaxSessionDuration", "RoleLastUsed"}
    assert members(world.do("GetRole", RoleName="r")["Role"]) == OWN_ROLE | shown
    assert members(world.do("ListRoles")["Roles"][0]) == OWN_ROLE | {"MaxSessionDuration"}
    changed = world.do("UpdateRoleDescription", RoleName="r", Description="new")["Role"]
    assert members(changed) == OWN_ROLE | {"Description"}


def test_an_instance_profile_has_tags_when_it_is_got_and_shows_little_of_its_role(
    world: World,
) -> None:
    made = world.do("CreateInstanceProfile", InstanceProfileName="i")["InstanceProfile"]
    assert members(made) == PROFILE
    world.do("CreateRole", RoleName="r", AssumeRolePolicyDocument=SERVED, Description="d")
    world.do("AddRoleToInstanceProfile", InstanceProfileName="i", RoleName="r")
    got = world.do("GetInstanceProfile", InstanceProfileName="i")["InstanceProfile"]
    assert (members(got), got["Tags"]) == (PROFILE | TAGS, [])
    for listed in (
        world.do("ListInstanceProfiles"),
        world.do("ListInstanceProfilesForRole", RoleName="r"),
    ):
        assert members(listed["InstanceProfiles"][0]) == PROFILE
        assert members(listed["InstanceProfiles"][0]["Roles"][0]) == OWN_ROLE


def test_get_policy_has_tags_and_a_description_and_lists_have_neither(
    world: World, policy: str
) -> None:
    got = world.do("GetPolicy", PolicyArn=policy)["Policy"]
    assert (members(got), got["Tags"]) == (POLICY | TAGS | {"Description"}, [])
    assert members(world.do("ListPolicies", Scope="Local")["Policies"][0]) == POLICY
    arn = "arn:aws:iam::aws:policy/IAMUserChangePassword"
    of_aws = world.do("GetPolicy", PolicyArn=arn)["Policy"]
    assert (members(of_aws) - {"Description"}, of_aws["Tags"]) == (POLICY | TAGS, [])
    assert members(world.do("ListPolicies", Scope="AWS")["Policies"][0]) == POLICY


def test_the_consoles_list_of_policies_has_descriptions(world: World, policy: str) -> None:
    root = world.root()
    console = replace(root, origin=replace(root.origin, via_console=True))
    (listed,) = perform(console, "iam:ListPolicies", {"Scope": "Local"})["Policies"]
    assert listed["Description"] == "reads"


def test_account_details_have_tags_of_users_and_roles_and_no_descriptions(
    world: World, policy: str
) -> None:
    world.do("CreateUser", UserName="u")
    world.do("CreateGroup", GroupName="g")
    world.do("CreateRole", RoleName="r", AssumeRolePolicyDocument=trust("*"), Description="d")
    details = world.do("GetAccountAuthorizationDetails")
    (user,), (group,) = details["UserDetailList"], details["GroupDetailList"]
    (role,), policies = details["RoleDetailList"], details["Policies"]
    assert user["Tags"] == role["Tags"] == []
    assert "Tags" not in group
    assert not members(role) & {"MaxSessionDuration", "Description"}
    local = next(one for one in policies if one["Arn"] == policy)
    assert members(local) == POLICY | {"PolicyVersionList"}


def test_providers_have_tags_when_they_are_got(world: World) -> None:
    made = world.do("CreateOpenIDConnectProvider", Url="https://idp.example.com")
    assert members(made) == {"OpenIDConnectProviderArn"}
    got = world.do("GetOpenIDConnectProvider", **made)
    listed = {"Url", "ClientIDList", "ThumbprintList", "CreateDate"}
    assert (members(got), got["Tags"]) == (listed | TAGS, [])
    saml = world.do("CreateSAMLProvider", Name="s", SAMLMetadataDocument=metadata())
    assert members(saml) == {"SAMLProviderArn"}
    got = world.do("GetSAMLProvider", **saml)
    assert (got["AssertionEncryptionMode"], got["PrivateKeyList"]) == ("Allowed", [])
    assert members(got) == {
        "AssertionEncryptionMode", "CreateDate", "PrivateKeyList", "SAMLMetadataDocument",
        "SAMLProviderUUID", "Tags", "ValidUntil",
    }  # fmt: skip


def test_a_server_certificate_comes_back_trimmed_with_tags(world: World) -> None:
    """Terraform's TestAccIAMServerCertificate_basic: the body is TrimSpace of what was sent."""
    sent = {"CertificateBody": f"{OWN.strip()}\n\n", "CertificateChain": f"{OWN.strip()}\n"}
    given = {"ServerCertificateName": "c", "PrivateKey": KEY, **sent}
    made = world.do("UploadServerCertificate", **given)
    assert members(made) == {"ServerCertificateMetadata"}
    assert members(made["ServerCertificateMetadata"]) == CERTIFICATE
    got = world.do("GetServerCertificate", ServerCertificateName="c")["ServerCertificate"]
    assert got["CertificateBody"] == got["CertificateChain"] == OWN.strip()
    assert got["Tags"] == []
    listed = world.do("ListServerCertificates")["ServerCertificateMetadataList"]
    assert members(listed[0]) == CERTIFICATE
