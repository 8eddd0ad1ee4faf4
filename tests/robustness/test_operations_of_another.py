"""Each operation with another's identifiers is answered as if that other did not exist.

The operations come from the registry, their parameters from the service models: a new one is tried
without a line here. Bob, whose the identifiers are, gets an answer first.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from console.services.awslambda.calls import package_of
from console.services.ec2.shapes import network_of
from iam.callers import Caller
from iam.perform import perform
from iam.trail import end_visit
from iam.wire.errors import AwsError
from iam.wire.shapes import operation_model
from tests.absences import REFUSED, SETTLED
from tests.iam.analysis_worlds import arn
from tests.iam.plausible_calls import OPERATIONS, likeliest, pool_of
from tests.iam.rehearsing import Stage, furnished
from tests.mfa import new_device
from tests.robustness.kept_rows import rows_of
from tests.worlds import ACCOUNT_ID, World, allow, document, make_world, trust

_NONE = "buckets have no such setting here"
UNANSWERED = {
    **dict.fromkeys(REFUSED, "nobody has such a thing here"),
    "access-analyzer:CreateAnalyzer": "an account has one analyzer of its own",
    "iam:GetServiceLinkedRoleDeletionStatus": "a deletion's ID is known once it is under way",
    "ec2-instance-connect:SendSSHPublicKey": "no instance here is reached by SSH",
    "iam:UploadSigningCertificate": "the certificate at hand is in use",
    "cloudtrail:GetInsightSelectors": "no trail here has Insights",
    "s3:GetBucketCors": _NONE,
    "s3:GetBucketLifecycleConfiguration": _NONE,
    "s3:GetBucketReplication": _NONE,
    "s3:GetBucketWebsite": _NONE,
    "s3:GetObjectLegalHold": _NONE,
    "s3:GetObjectLockConfiguration": _NONE,
    "s3:GetObjectRetention": _NONE,
    "s3:PutBucketAcl": "buckets have no ACLs here",
    "s3:PutObjectAcl": "buckets have no ACLs here",
    "sts:AssumeRoot": "the organization does not manage its members' root access",
    "sts:DecodeAuthorizationMessage": "only a denial of EC2's has such a message",
}
"""What not even Bob is answered here, and why."""
_NEW = re.compile(
    r"A[A-Z]{3}[A-Z0-9]{12,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[a-z]+-[0-9a-f]{17}"
    r'|"(?:SecretAccessKey|SessionToken|ClientToken|MacAddress)": "[^"]*"|\b\d+([.-]\d+){3}\b'
)
"""IDs and secrets that are new in each answer."""
ALICES = "444455556666"

Outcome = tuple[str, str]
Requests = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def bob(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), transaction.atomic():
        stage = furnished(make_world("bob"), 3)
        add_what_can_go(stage.world)
        yield stage
        transaction.set_rollback(True)


_PERMISSION = {
    "FunctionName": "fn-here",
    "Action": "lambda:InvokeFunction",
    "Principal": ACCOUNT_ID,
}


def add_what_can_go(world: World) -> None:
    """Add what nothing hangs on, under the name that the pools have for it, and settings."""
    do = world.do
    do("CreateUser", UserName="gone")
    do("CreateGroup", GroupName="gone")
    do("CreateRole", RoleName="gone", AssumeRolePolicyDocument=trust(ACCOUNT_ID))
    do("CreateInstanceProfile", InstanceProfileName="gone")
    do("CreatePolicy", PolicyName="gone", PolicyDocument=allow("*"))
    for kind, name in (("User", "u0"), ("Group", "g"), ("Role", "r0")):
        do(f"Attach{kind}Policy", **{f"{kind}Name": name, "PolicyArn": arn("policy", "p0")})
    do("PutUserPolicy", UserName="u0", PolicyName="in", PolicyDocument=allow("s3:*"))
    do("CreateLoginProfile", UserName="admin", Password="Secret-123")
    do("CreateAccountAlias", AccountAlias="blue")
    do("UpdateAccountPasswordPolicy")
    do("GenerateCredentialReport")
    google = {"Federated": "accounts.google.com"}
    by_google = {"Effect": "Allow", "Principal": google, "Action": "sts:AssumeRoleWithWebIdentity"}
    do("CreateRole", RoleName="google", AssumeRolePolicyDocument=document(by_google))
    analyzer = {"analyzerName": "gone", "type": "ACCOUNT"}
    perform(world.root(), "access-analyzer:CreateAnalyzer", analyzer)
    perform(world.root(), "lambda:AddPermission", {**_PERMISSION, "StatementId": "gone"})
    perform(world.root(), "s3:CreateBucket", {"Bucket": "bucket-gone"})
    for bucket in ("bucket-b", "bucket-gone"):
        tags = {"TagSet": [{"Key": "k", "Value": "v"}]}
        perform(world.root(), "s3:PutBucketTagging", {"Bucket": bucket, "Tagging": tags})


def names_something(stage: Stage, value: Any) -> bool:
    named = (*stage.found.values(), stage.device.serial, ACCOUNT_ID, "bucket-", "trail")
    return any(one in repr(value) for one in named)


def written_out(stage: Stage) -> Requests:
    """Return parameters of operations that need two members at once to be others than usual."""
    instance = stage.found["instance"]
    device, spare = stage.device, new_device(stage.world, "spare")
    trail = f"arn:aws:cloudtrail:us-east-1:{ACCOUNT_ID}:trail/trail"
    analyzer = {"analyzerArn": f"arn:aws:access-analyzer:us-east-1:{ACCOUNT_ID}:analyzer/gone"}
    findings = perform(stage.world.root(), "access-analyzer:ListFindings", analyzer)["findings"]
    finding = {**analyzer, "id": findings[0]["id"]}
    return {
        "access-analyzer:DeleteAnalyzer": {"analyzerName": "gone"},
        "access-analyzer:GetAnalyzer": {"analyzerName": "gone"},
        "access-analyzer:GetFinding": finding,
        "access-analyzer:GetFindingV2": finding,
        "access-analyzer:ListFindings": analyzer,
        "access-analyzer:ListFindingsV2": analyzer,
        "access-analyzer:UpdateFindings": {
            **analyzer,
            "status": "ARCHIVED",
            "ids": [finding["id"]],
        },
        "cloudtrail:ListTags": {"ResourceIdList": [trail]},
        "ec2:CreateTags": {"Resources": [instance], "Tags": [{"Key": "k", "Value": "v"}]},
        "ec2:DeleteTags": {"Resources": [instance]},
        "iam:CreateLoginProfile": {"UserName": "gone", "Password": "Secret-456"},
        "iam:CreateRole": {"RoleName": "x", "AssumeRolePolicyDocument": trust(ACCOUNT_ID)},
        "iam:DeleteVirtualMFADevice": {"SerialNumber": spare.serial},
        "iam:EnableMFADevice": {
            "UserName": "gone",
            "SerialNumber": spare.serial,
            **spare.pair(stage.world),
        },
        "iam:ResyncMFADevice": {
            "UserName": "admin",
            "SerialNumber": device.serial,
            **device.pair(stage.world),
        },
        "lambda:AddPermission": {**_PERMISSION, "StatementId": "new"},
        "lambda:CreateFunction": {
            "FunctionName": "another",
            "Role": arn("role", "fn-role"),
            "Runtime": "python3.13",
            "Handler": "a.b",
            "Code": {"ZipFile": package_of("")},
        },
        "organizations:ListTagsForResource": {"ResourceId": ACCOUNT_ID},
        "ec2:DescribeVpcAttribute": {
            "VpcId": network_of(ACCOUNT_ID, "us-east-1")["VpcId"],
            "Attribute": "enableDnsSupport",
        },
        "s3:CreateBucket": {"Bucket": "bucket-new"},
        "s3:GetObjectAttributes": {
            "Bucket": "bucket-b",
            "Key": "k",
            "ObjectAttributes": ["ETag"],
        },
        **{operation: {"Bucket": "bucket-b", **asked} for operation, asked in SETTLED.items()},
    }


def ways_to_call(stage: Stage, operation: str) -> Iterator[dict[str, Any]]:
    """Yield parameters that may do: the likeliest, and with another value of each member."""
    shape = operation_model(operation).input_shape
    members = shape.members if shape else {}
    least = {
        name: next(iter(getattr(members[name], "enum", ())), value)
        for name, value in likeliest(operation, stage.pools).items()
    }
    yield least
    for name in least:
        for value in pool_of(operation, name, stage.pools)[1:]:
            yield {**least, name: value}
    for name in members:
        for value in pool_of(operation, name, stage.pools)[:1]:
            yield {**least, name: value}


def _plain(value: Any) -> str:
    return "" if isinstance(value, bytes) else str(value)  # seeds and their pictures are new


def outcome(caller: Caller, operation: str, params: dict[str, Any]) -> Outcome:
    """Return what a call is answered, and take it back."""
    with transaction.atomic():
        try:
            answer = perform(caller, operation, params)
            return "", json.dumps(answer, default=_plain, sort_keys=True)
        except AwsError as error:
            return error.code, error.message
        finally:
            end_visit(caller.visit)
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def requests(bob: Stage, django_db_blocker: DjangoDbBlocker) -> Requests:
    """Return for each operation parameters with which Bob is answered."""
    with django_db_blocker.unblock():
        found: Requests = {}
        written = written_out(bob)
        for operation in OPERATIONS:
            own = [written[operation]] if operation in written else ways_to_call(bob, operation)
            for params in own:
                if not outcome(bob.caller("admin"), operation, params)[0]:
                    found[operation] = params
                    break
        return found


def with_more(stage: Stage, requests: Requests) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield each request, and those with one more member each that names something of Bob's."""
    for operation in OPERATIONS:
        params = requests.get(operation) or next(ways_to_call(stage, operation))
        yield operation, operation, params
        shape = operation_model(operation).input_shape
        for name in shape.members if shape else ():
            pool = pool_of(operation, name, stage.pools)
            if name not in params and pool and names_something(stage, pool[0]):
                yield f"{operation} with {name}", operation, {**params, name: pool[0]}


def test_each_answers_whose_the_identifiers_are(requests: Requests) -> None:
    assert set(OPERATIONS) - set(requests) == set(UNANSWERED)


def test_to_another_it_is_as_if_bob_did_not_exist(bob: Stage, requests: Requests, db: None) -> None:
    alice = make_world("alice", ALICES)
    calls = list(with_more(bob, requests))

    def answers() -> dict[str, str]:
        return {
            name: _NEW.sub("", str(outcome(alice.root(), operation, params)))
            for name, operation, params in calls
        }

    before = rows_of(bob.world.sandbox)
    beside_bob = answers()
    assert rows_of(bob.world.sandbox) == before
    bob.world.sandbox.delete()
    assert beside_bob == answers()
