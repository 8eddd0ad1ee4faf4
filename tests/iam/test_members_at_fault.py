"""An error about certain parameters names them, so that a form need not guess."""

from typing import Any

import pytest

from iam.perform import perform
from iam.wire.errors import AwsError
from tests.worlds import World, allow, document, trust

ACCOUNT = "975050059573"
NOBODY = f"arn:aws:iam::{ACCOUNT}:policy/nobody"
TWICE = [{"Key": "team", "Value": "x"}, {"Key": "Team", "Value": "y"}]
OPEN_ID = {"Url": "https://id.example.com", "ClientIDList": ["a"]}
PASSWORD = "Correct-horse1"


@pytest.fixture
def peopled(world: World) -> World:
    """The world with an Ann that signs in, a role, a group, a policy, a device, a provider."""
    world.add_user("ann")
    world.add_role("reader")
    world.do("CreateGroup", GroupName="devs")
    world.do("CreatePolicy", PolicyName="read", PolicyDocument=allow("s3:Get*"))
    world.do("CreateVirtualMFADevice", VirtualMFADeviceName="phone")
    world.do("CreateLoginProfile", UserName="ann", Password=PASSWORD)
    world.do("CreateOpenIDConnectProvider", **OPEN_ID)
    return world


@pytest.mark.parametrize(
    ("operation", "params", "members"),
    [
        ("CreateUser", {"UserName": "Ann"}, ["UserName"]),
        ("CreateUser", {"UserName": "bob", "Tags": TWICE}, ["Tags"]),
        ("CreateUser", {"UserName": "bob", "PermissionsBoundary": NOBODY}, ["PermissionsBoundary"]),
        ("GetUser", {"UserName": "bob"}, ["UserName"]),
        ("CreateGroup", {"GroupName": "Devs"}, ["GroupName"]),
        ("CreateRole", {"RoleName": "Reader", "AssumeRolePolicyDocument": trust(ACCOUNT)},
         ["RoleName"]),
        ("CreateRole", {"RoleName": "new", "AssumeRolePolicyDocument": "{}"},
         ["AssumeRolePolicyDocument"]),
        ("CreateRole", {"RoleName": "new", "AssumeRolePolicyDocument": trust("123456789012")},
         ["AssumeRolePolicyDocument"]),
        ("UpdateAssumeRolePolicy", {"RoleName": "reader", "PolicyDocument": "{}"},
         ["PolicyDocument"]),
        ("CreatePolicy", {"PolicyName": "read", "PolicyDocument": allow("s3:Get*")},
         ["PolicyName"]),
        ("CreatePolicy", {"PolicyName": "new", "PolicyDocument": document()}, ["PolicyDocument"]),
        ("CreatePolicy", {"PolicyName": "new", "PolicyDocument": allow("s3:" + "x" * 6200)},
         ["PolicyDocument"]),
        ("PutUserPolicy", {"UserName": "ann", "PolicyName": "in",
                           "PolicyDocument": allow("s3:" + "x" * 2100)}, ["PolicyDocument"]),
        ("AttachUserPolicy", {"UserName": "ann", "PolicyArn": NOBODY}, ["PolicyArn"]),
        ("CreateAccountAlias", {"AccountAlias": "123456789012"}, ["AccountAlias"]),
        ("CreateVirtualMFADevice", {"VirtualMFADeviceName": "phone"}, ["VirtualMFADeviceName"]),
        ("CreateVirtualMFADevice", {"VirtualMFADeviceName": "a" * 226, "Path": "/long/"},
         ["VirtualMFADeviceName"]),
        ("EnableMFADevice", {"UserName": "ann", "SerialNumber": f"arn:aws:iam::{ACCOUNT}:mfa/phone",
                             "AuthenticationCode1": "123456", "AuthenticationCode2": "123457"},
         ["AuthenticationCode2", "AuthenticationCode1"]),
        ("UpdateLoginProfile", {"UserName": "ann", "Password": "short"}, ["Password"]),
        ("CreateOpenIDConnectProvider", OPEN_ID, ["Url"]),
        ("UploadSigningCertificate", {"UserName": "ann", "CertificateBody": "none"},
         ["CertificateBody"]),
        ("UploadSSHPublicKey", {"UserName": "ann", "SSHPublicKeyBody": "none"},
         ["SSHPublicKeyBody"]),
        ("SimulatePrincipalPolicy", {"PolicySourceArn": f"arn:aws:iam::{ACCOUNT}:user/bob",
                                     "ActionNames": ["s3:GetObject"]}, ["PolicySourceArn"]),
        ("ListUsers", {"Marker": "none"}, ["Marker"]),
    ],
)  # fmt: skip
def test_a_refusal_names_the_parameters_that_it_is_about(
    peopled: World, refusal: Any, operation: str, params: dict[str, Any], members: list[str]
) -> None:
    error = refusal(operation, **params)
    assert list(error.members) == members
    assert {violation.message for violation in error.violations} == {error.message}


@pytest.mark.parametrize(
    ("old", "new", "member"),
    [("wrong", "Another-horse1", "OldPassword"), (PASSWORD, "short", "NewPassword")],
)
def test_a_refused_change_of_password_names_which_of_the_two(
    peopled: World, old: str, new: str, member: str
) -> None:
    peopled.add_user("bob", allow("iam:ChangePassword"))
    peopled.do("CreateLoginProfile", UserName="bob", Password=PASSWORD)
    params = {"OldPassword": old, "NewPassword": new}
    with pytest.raises(AwsError) as refused:
        perform(peopled.user("bob"), "iam:ChangePassword", params)
    assert refused.value.members == (member,)


def test_a_quota_is_about_no_parameter(peopled: World, refusal: Any) -> None:
    for _ in range(2):
        peopled.do("CreateAccessKey", UserName="ann")
    assert refusal("CreateAccessKey", UserName="ann").members == ()
