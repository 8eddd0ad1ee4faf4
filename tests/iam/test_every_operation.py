"""What holds for every operation of IAM: shapes as AWS's, denials that change nothing."""

from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.serializers import serialize

from iam.actions.mfa_codes import code_of, step_at
from iam.models import Directory, Document, Event, Simulated
from iam.perform import AccessDenied, perform, registry
from iam.trail import end_visit
from iam.wire.errors import AwsError
from iam.wire.shapes import operation_model
from tests.absences import REFUSED
from tests.iam.certificates import CERTIFICATES
from tests.iam.providers import PROVIDERS
from tests.iam.ssh import SSH
from tests.worlds import ACCOUNT_ID, NOON, allow, trust

OWN = f"arn:aws:iam::{ACCOUNT_ID}:policy/p"
TAGS = [{"Key": "k", "Value": "v"}]
_EACH_CALL_WRITES = {Document, Event}
TABLES = [
    model
    for model in apps.get_app_config("iam").get_models()
    if issubclass(model, Simulated) and model not in _EACH_CALL_WRITES
]
PLURAL = (
    "ListSAMLProviders",
    "ListOpenIDConnectProviders",
    "ListServerCertificates",
    "UploadServer",
    "SetSecurity",
    "ListSecurity",
    "UpdateSecurity",
)
DOCUMENT = allow("s3:*")


def _of(word: str) -> list[tuple[str, dict[str, Any]]]:
    """The life of a user, group or role's policies."""
    named = {f"{word}Name": "x"}
    return [
        (f"Put{word}Policy", {**named, "PolicyName": "i", "PolicyDocument": DOCUMENT}),
        (f"Get{word}Policy", {**named, "PolicyName": "i"}),
        (f"List{word}Policies", named),
        (f"Delete{word}Policy", {**named, "PolicyName": "i"}),
        (f"Attach{word}Policy", {**named, "PolicyArn": OWN}),
        (f"ListAttached{word}Policies", named),
        ("ListEntitiesForPolicy", {"PolicyArn": OWN}),
        (f"Detach{word}Policy", {**named, "PolicyArn": OWN}),
    ]


def _bounded(word: str) -> list[tuple[str, dict[str, Any]]]:
    named = {f"{word}Name": "x"}
    return [
        (f"Put{word}PermissionsBoundary", {**named, "PermissionsBoundary": OWN}),
        (f"Get{word}", named),
        (f"Delete{word}PermissionsBoundary", named),
        (f"Tag{word}", {**named, "Tags": TAGS}),
        (f"List{word}Tags", named),
        (f"Untag{word}", {**named, "TagKeys": ["k"]}),
    ]


MFA = f"arn:aws:iam::{ACCOUNT_ID}:mfa/x"
X = f"arn:aws:iam::{ACCOUNT_ID}:user/x"
# Stand for the device's four next codes, which are known only when it has been made.
CODES = [
    {"AuthenticationCode1": "000001", "AuthenticationCode2": "000002"},
    {"AuthenticationCode1": "000003", "AuthenticationCode2": "000004"},
]
SIMULATED = {"ActionNames": ["s3:GetObject"], "ResourceArns": ["arn:aws:s3:::b/k"]}

STORY: list[tuple[str, dict[str, Any]]] = [
    ("CreatePolicy", {"PolicyName": "p", "PolicyDocument": DOCUMENT, "Tags": TAGS}),
    ("GetPolicy", {"PolicyArn": OWN}),
    ("ListPolicies", {}),
    ("CreatePolicyVersion", {"PolicyArn": OWN, "PolicyDocument": DOCUMENT}),
    ("GetPolicyVersion", {"PolicyArn": OWN, "VersionId": "v2"}),
    ("ListPolicyVersions", {"PolicyArn": OWN}),
    ("SetDefaultPolicyVersion", {"PolicyArn": OWN, "VersionId": "v2"}),
    ("DeletePolicyVersion", {"PolicyArn": OWN, "VersionId": "v1"}),
    ("TagPolicy", {"PolicyArn": OWN, "Tags": TAGS}),
    ("ListPolicyTags", {"PolicyArn": OWN}),
    ("UntagPolicy", {"PolicyArn": OWN, "TagKeys": ["k"]}),
    ("CreateUser", {"UserName": "x", "Tags": TAGS, "PermissionsBoundary": OWN}),
    ("ListUsers", {}),
    ("GetAccountAuthorizationDetails", {}),
    *_of("User"),
    *_bounded("User"),
    ("GenerateServiceLastAccessedDetails", {"Arn": X}),
    ("GetServiceLastAccessedDetails", {"JobId": "JOB"}),
    ("GetServiceLastAccessedDetailsWithEntities", {"JobId": "JOB", "ServiceNamespace": "s3"}),
    ("ListPoliciesGrantingServiceAccess", {"Arn": X, "ServiceNamespaces": ["s3"]}),
    ("SimulatePrincipalPolicy", {"PolicySourceArn": X, **SIMULATED}),
    ("SimulateCustomPolicy", {"PolicyInputList": [DOCUMENT], **SIMULATED}),
    ("GetContextKeysForPrincipalPolicy", {"PolicySourceArn": X}),
    ("GetContextKeysForCustomPolicy", {"PolicyInputList": [DOCUMENT]}),
    ("CreateLoginProfile", {"UserName": "x", "Password": "Secret-123"}),
    ("GetLoginProfile", {"UserName": "x"}),
    ("UpdateLoginProfile", {"UserName": "x", "Password": "Secret-456"}),
    ("DeleteLoginProfile", {"UserName": "x"}),
    ("CreateAccessKey", {"UserName": "x"}),
    ("ListAccessKeys", {"UserName": "x"}),
    ("GetAccessKeyLastUsed", {"AccessKeyId": "KEY"}),
    ("UpdateAccessKey", {"UserName": "x", "AccessKeyId": "KEY", "Status": "Inactive"}),
    ("DeleteAccessKey", {"UserName": "x", "AccessKeyId": "KEY"}),
    ("UploadSSHPublicKey", {"UserName": "x", "SSHPublicKeyBody": SSH}),
    ("ListSSHPublicKeys", {"UserName": "x"}),
    ("ListServiceSpecificCredentials", {"UserName": "x"}),
    ("ListDelegationRequests", {}),
    ("GetSSHPublicKey", {"UserName": "x", "SSHPublicKeyId": "SSH", "Encoding": "PEM"}),
    ("UpdateSSHPublicKey", {"UserName": "x", "SSHPublicKeyId": "SSH", "Status": "Inactive"}),
    ("DeleteSSHPublicKey", {"UserName": "x", "SSHPublicKeyId": "SSH"}),
    ("CreateVirtualMFADevice", {"VirtualMFADeviceName": "x", "Tags": TAGS}),
    ("ListVirtualMFADevices", {}),
    ("TagMFADevice", {"SerialNumber": MFA, "Tags": TAGS}),
    ("ListMFADeviceTags", {"SerialNumber": MFA}),
    ("UntagMFADevice", {"SerialNumber": MFA, "TagKeys": ["k"]}),
    ("EnableMFADevice", {"UserName": "x", "SerialNumber": MFA, **CODES[0]}),
    ("ListMFADevices", {"UserName": "x"}),
    ("ListVirtualMFADevices", {"AssignmentStatus": "Assigned"}),
    ("GetMFADevice", {"SerialNumber": MFA}),
    ("ResyncMFADevice", {"UserName": "x", "SerialNumber": MFA, **CODES[1]}),
    ("DeactivateMFADevice", {"UserName": "x", "SerialNumber": MFA}),
    ("DeleteVirtualMFADevice", {"SerialNumber": MFA}),
    *PROVIDERS,
    ("SetSecurityTokenServicePreferences", {"GlobalEndpointTokenVersion": "v2Token"}),
    ("ListSecurityTokenServiceRegions", {}),
    ("UpdateSecurityTokenServiceRegion", {"Region": "eu-west-1", "Status": "Inactive"}),
    *CERTIFICATES,
    ("CreateGroup", {"GroupName": "x"}),
    ("AddUserToGroup", {"GroupName": "x", "UserName": "x"}),
    ("ListGroupsForUser", {"UserName": "x"}),
    ("GetGroup", {"GroupName": "x"}),
    ("ListGroups", {}),
    *_of("Group"),
    ("RemoveUserFromGroup", {"GroupName": "x", "UserName": "x"}),
    ("UpdateGroup", {"GroupName": "x", "NewGroupName": "y"}),
    ("DeleteGroup", {"GroupName": "y"}),
    ("CreateRole", {"RoleName": "x", "AssumeRolePolicyDocument": trust(ACCOUNT_ID)}),
    ("ListRoles", {}),
    ("GetAccountAuthorizationDetails", {}),
    *_of("Role"),
    *_bounded("Role"),
    ("UpdateRole", {"RoleName": "x", "Description": "d"}),
    ("UpdateRoleDescription", {"RoleName": "x", "Description": "e"}),
    ("UpdateAssumeRolePolicy", {"RoleName": "x", "PolicyDocument": trust("*")}),
    ("CreateInstanceProfile", {"InstanceProfileName": "x", "Tags": TAGS}),
    ("AddRoleToInstanceProfile", {"InstanceProfileName": "x", "RoleName": "x"}),
    ("GetInstanceProfile", {"InstanceProfileName": "x"}),
    ("ListInstanceProfiles", {}),
    ("ListInstanceProfilesForRole", {"RoleName": "x"}),
    ("GetAccountAuthorizationDetails", {}),
    ("TagInstanceProfile", {"InstanceProfileName": "x", "Tags": TAGS}),
    ("ListInstanceProfileTags", {"InstanceProfileName": "x"}),
    ("UntagInstanceProfile", {"InstanceProfileName": "x", "TagKeys": ["k"]}),
    ("RemoveRoleFromInstanceProfile", {"InstanceProfileName": "x", "RoleName": "x"}),
    ("DeleteInstanceProfile", {"InstanceProfileName": "x"}),
    ("DeleteRole", {"RoleName": "x"}),
    ("CreateServiceLinkedRole", {"AWSServiceName": "autoscaling.amazonaws.com"}),
    ("DeleteServiceLinkedRole", {"RoleName": "AWSServiceRoleForAutoScaling"}),
    ("GetServiceLinkedRoleDeletionStatus", {"DeletionTaskId": "TASK"}),
    ("UpdateUser", {"UserName": "x", "NewUserName": "y"}),
    ("DeleteUser", {"UserName": "y"}),
    ("DeletePolicy", {"PolicyArn": OWN}),
    ("CreateAccountAlias", {"AccountAlias": "blue"}),
    ("ListAccountAliases", {}),
    ("DeleteAccountAlias", {"AccountAlias": "blue"}),
    ("GetAccountSummary", {}),
    ("UpdateAccountPasswordPolicy", {"MinimumPasswordLength": 9, "MaxPasswordAge": 90}),
    ("GetAccountPasswordPolicy", {}),
    ("DeleteAccountPasswordPolicy", {}),
    ("GenerateCredentialReport", {}),
    ("GetCredentialReport", {}),
]
TOLD_ELSEWHERE = {"ChangePassword", "ListOrganizationsFeatures"} | {
    f"{verb}Organizations{feature}"
    for verb in ("Enable", "Disable")
    for feature in ("RootSessions", "RootCredentialsManagement")
}
TOLD_ELSEWHERE |= {name.partition(":")[2] for name in REFUSED if name.startswith("iam:")}


def _stray(value: Any, shape: Any, path: str) -> list[str]:
    """Name what is in a result and not in AWS's output shape."""
    if shape is None:
        return [path] if value else []
    if shape.type_name == "structure":
        strays = [f"{path}.{key}" for key in value if key not in shape.members]
        for key, member in shape.members.items():
            if key in value:
                strays += _stray(value[key], member, f"{path}.{key}")
        return strays
    if shape.type_name == "list":
        return [stray for one in value for stray in _stray(one, shape.member, f"{path}[]")]
    scalars = {"string": str, "boolean": bool, "integer": int, "timestamp": datetime}
    expected = {**scalars, "map": dict}
    kind = expected.get(shape.type_name)
    return [] if kind is None or isinstance(value, kind) else [f"{path}: {value!r}"]


def _fingerprint(world) -> list[str]:
    rows = [m.in_sandbox(world.sandbox) for m in TABLES]
    return [serialize("json", found.order_by("pk")) for found in [*rows, Directory.objects.all()]]


def test_the_story_calls_every_operation():
    told = {f"iam:{operation}" for operation, _ in STORY} | {f"iam:{o}" for o in TOLD_ELSEWHERE}
    offered = {name for name in registry.operations if name.startswith("iam:")}
    assert offered == told


def learned(result: dict[str, Any]) -> dict[str, str]:
    """Return what a result makes known of what stands in the story for it."""
    told: dict[str, str] = {}
    told |= {"KEY": result["AccessKey"]["AccessKeyId"]} if "AccessKey" in result else {}
    told |= {"JOB": result["JobId"]} if "JobId" in result else {}
    if "SSHPublicKey" in result:
        told["SSH"] = result["SSHPublicKey"]["SSHPublicKeyId"]
    if "Certificate" in result:
        told["CERTIFICATE"] = result["Certificate"]["CertificateId"]
    told |= {"TASK": result["DeletionTaskId"]} if "DeletionTaskId" in result else {}
    if "VirtualMFADevice" in result:
        seed = result["VirtualMFADevice"]["Base32StringSeed"].decode()
        steps = enumerate(range(step_at(NOON), step_at(NOON) + 4), start=1)
        told |= {f"00000{n}": code_of(seed, step) for n, step in steps}
    return told


def test_every_result_has_the_shape_of_aws_and_every_denial_changes_nothing(world):
    nobody = world.add_user("nobody")
    told: dict[str, str] = {}
    for operation, template in STORY:
        params = {k: told.get(str(v), v) for k, v in template.items()}
        before = _fingerprint(world)
        with pytest.raises(AccessDenied) as denied:
            perform(nobody, f"iam:{operation}", params)
        assert _fingerprint(world) == before, operation
        assert nobody.visit.pending[-1].event_id == denied.value.event_id
        assert nobody.visit.pending[-1].name == operation
        assert nobody.visit.pending[-1].error_code == "AccessDenied"
        result = world.do(operation, **params)
        told |= learned(result)
        shape = operation_model(f"iam:{operation}").output_shape
        assert _stray(result, shape, operation) == []
    world.events(nobody)


@pytest.mark.parametrize("denied", [True, False])
def test_only_a_permitted_caller_learns_that_an_entity_is_missing(world, denied):
    caller = world.add_user("nobody") if denied else world.root()
    operations = [
        (operation, params)
        for operation, params in STORY
        if not operation.startswith(
            ("Create", "ListAccountAlias", "ListPolicies", "ListUsers", "ListVirtual", *PLURAL)
        )
        and operation
        not in {"ListGroups", "ListRoles", "GetAccountSummary", "ListInstanceProfiles"}
        and not any(word in operation for word in ("Account", "Delegation"))
        and operation != "DeleteOpenIDConnectProvider"  # succeeds, as the API reference has it
        and not operation.endswith(("CustomPolicy", "CredentialReport"))
        and not {"KEY", "JOB", "SSH", "CERTIFICATE"} & {str(value) for value in params.values()}
    ]
    for operation, params in operations:
        with pytest.raises(AwsError) as caught:
            perform(caller, f"iam:{operation}", params)
        assert caught.value.code == ("AccessDenied" if denied else "NoSuchEntity"), operation


NASTY = (
    "", "\0", "\ud800", "%_'", "x" * 3000, "\uff11\uff12", '{"Statement": [null]}',
    "arn:aws:iam::1:x/y",
)  # fmt: skip


def _status(caller, operation: str, params: dict[str, Any]) -> int:
    try:
        perform(caller, f"iam:{operation}", params)
    except AwsError as error:
        return error.status
    return 200


def test_no_text_is_an_internal_error(world):
    caller = world.root()
    for operation, params in STORY:
        for name in [name for name, value in params.items() if isinstance(value, str)]:
            for nasty in NASTY:
                assert _status(caller, operation, {**params, name: nasty}) < 500
        assert _status(caller, operation, params) < 500
    end_visit(caller.visit)
