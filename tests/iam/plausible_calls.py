"""Calls that somebody might plausibly make: right names and wrong ones, valid values and not."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from botocore.model import Shape
from hypothesis import strategies as st

from console.services.awslambda.calls import package_of
from iam.perform import registry
from iam.wire.shapes import operation_model
from sts.actions.assume_root import TASK_POLICIES
from tests.federation.documents import ISSUER, Response, id_token, metadata, posted
from tests.iam.analysis_worlds import OTHER_ID, arn, random_policy
from tests.iam.certificates import KEY, OWN
from tests.iam.providers import KEYS, OIDC, SAML
from tests.iam.ssh import SSH
from tests.worlds import ACCOUNT_ID, NOON, allow, document, trust

OPERATIONS = sorted(registry.operations)
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
IMAGE = "ami-0a20230a20230a202"
_MALFORMED = ("{", '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow"}]}')


def _documents() -> tuple[str, ...]:
    dice = random.Random(7)  # noqa: S311
    gone = trust(arn("user", "gone"))
    own = (random_policy(dice), allow("*"), allow("s3:Get*"), trust(ACCOUNT_ID), trust("*"), gone)
    return (*own, allow("x:" + "y" * 7000), *_MALFORMED)


def _policies() -> tuple[str, ...]:
    everybody = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject"}
    public = document({**everybody, "Resource": "arn:aws:s3:::bucket-b/*"})
    named = {**everybody, "Principal": {"AWS": arn("user", "u0")}}
    return (public, document({**named, "Resource": "arn:aws:s3:::bucket-b/*"}), *_documents())


def _saml(role: str) -> str:
    ours = "https://aws.amazon.com/SAML/Attributes/"
    said = {f"{ours}Role": [f"{role},{SAML}"], f"{ours}RoleSessionName": ["alice"]}
    return posted(Response(said))


_TAGS: tuple[list[dict[str, str]], ...] = (
    [{"Key": "k", "Value": "v"}],
    [{"Key": "k", "Value": "1"}, {"Key": "K", "Value": "2"}],
    [{"Key": "aws:x", "Value": "v"}],
    [],
)
_ARNS = tuple(arn("role", one) for one in ("r0", "r0", "r1", "gone"))


def pools(found: Mapping[str, str], right: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """Return plausible values of parameters by their names, the likeliest to do first.

    `found` is what exists in a world under names that nobody chose, `right` are codes of a device.
    """
    codes = (*right, "000000")
    names = ("x", "y")
    users = ("u0", "u1", "u2", "admin", "gone")
    paths = ("/", "/app/", "/aws-service-role/x.amazonaws.com/")
    objects = {"Objects": [{"Key": "k"}, {"Key": "folder/k"}]}
    arns = (
        arn("policy", "p0"),
        arn("policy", "p1"),
        ADMIN,
        arn("policy", "gone"),
        "no-arn-at-all-xx",
    )
    region = {"LocationConstraint": "eu-west-1"}
    everything: dict[str, tuple[Any, ...]] = {
        "AWSServiceName": ("autoscaling.amazonaws.com", "x.amazonaws.com"),
        "AccountId": (ACCOUNT_ID, "999999999999", "x"),
        "AccessKeyId": (found["key"], "AKIAXXXXXXXXXXXXXXXX"),
        "AccountAlias": ("blue", "123456789012"),
        "ACL": ("private", "public-read"),
        "ActionNames": (["s3:GetObject"], ["iam:GetUser", "sts:AssumeRole"], ["nothing"]),
        "Arn": (arn("user", "u0"), arn("role", "r0"), arn("policy", "p0"), arn("user", "gone")),
        "AssociationId": (found["association"], "iip-assoc-0a20230a20230a202", "x"),
        "AssumeRolePolicyDocument": _documents(),
        "AuthenticationCode1": codes,
        "AuthenticationCode2": codes,
        "Body": (b"", b"text"),
        "Bucket": ("bucket-b", "bucket-b", "bucket-logs", "bucket-gone", "x"),
        "CertificateBody": (OWN, "no certificate"),
        "CertificateId": (found["certificate"], "X" * 32),
        "ChildId": (ACCOUNT_ID, found["unit"], "x"),
        "ChildType": ("ACCOUNT", "ORGANIZATIONAL_UNIT", "x"),
        "ClientID": ("my-client", "other"),
        "ClientIDList": (["my-client"], [f"c{n}" for n in range(101)]),
        "ContextEntries": ([], [{"ContextKeyName": "aws:x", "ContextKeyType": "string"}]),
        "ContinuationToken": ("a2V5", "?"),
        "CopySource": ("bucket-b/k", "bucket-b/gone", "bucket-gone/k", "nothing"),
        "CreateBucketConfiguration": (region, {}),
        "CustomSuffix": ("one",),
        "Delete": (objects, {"Objects": []}),
        "DeletionTaskId": ("task/aws-service-role/x/y/0", "x"),
        "Description": ("about", ""),
        "DurationSeconds": (900, 3600, 3601, 7200, 43200, 899),
        "EncodedMessage": ("x",),
        "EventSelectors": ([{"ReadWriteType": "All"}], []),
        "ExpectedBucketOwner": (ACCOUNT_ID, OTHER_ID),
        "ExternalId": ("ours-123",),
        "Filter": ("SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "x"),
        "Filters": ([{"Name": "instance-id", "Values": ["*"]}], [{"Name": "x", "Values": ["y"]}]),
        "Code": ({"ZipFile": package_of("s3:ListBuckets")}, {"ZipFile": b"no"}, {}),
        "Environment": ({"Variables": {"CALLS": ""}}, {"Variables": {"AWS_X": ""}}),
        "FunctionName": (found["function"], "another", "gone", "a:b:c"),
        "GroupName": ("g", "x", "gone"),
        "Handler": ("a.b",),
        "IamInstanceProfile": ({"Name": "ip"}, {"Name": "gone"}, {}),
        "IfMatch": ("*", '"x"'),
        "IfNoneMatch": ("*", '"x"'),
        "ImageId": (IMAGE, "ami-x"),
        "InvocationType": ("RequestResponse", "DryRun", "Event"),
        "ImageIds": ([IMAGE], ["ami-x"]),
        "InstanceId": (found["instance"], found["bare"], "i-0a20230a20230a202", "x"),
        "InstanceIds": ([found["instance"]], ["i-0a20230a20230a202"]),
        "InstanceOSUser": ("ec2-user",),
        "InstanceProfileName": ("ip", "x", "gone"),
        "InstanceType": ("t3.micro",),
        "JobId": (found["job"], "x" * 36),
        "JsonWebKeySet": (KEYS, "{}", "no json"),
        "Key": ("k", "folder/k", "gone", "x" * 1025),
        "LookupAttributes": (
            [{"AttributeKey": "EventName", "AttributeValue": "CreateUser"}],
            [{"AttributeKey": "ReadOnly", "AttributeValue": "maybe"}],
        ),
        "Marker": ("bad", "cm9sbGVjYWxsOjA="),
        "MaxKeys": (0, 1, -1),
        "MaxResults": (1, 5),
        "MaxCount": (1, 2),
        "MinCount": (1, 3, 0),
        "MultipartUpload": (
            {"Parts": [{"PartNumber": 1, "ETag": found["etag"]}]},
            {"Parts": [{"PartNumber": 2, "ETag": "x"}]},
            {},
        ),
        "Name": ("x", "corp", "no name!"),
        "cloudtrail:Name": ("trail", "another", "no name!"),
        "NewPassword": ("Secret-456", "weak"),
        "NewPath": paths,
        "NextToken": ("bad",),
        "OldPassword": ("Secret-123", "wrong"),
        "OpenIDConnectProviderArn": (OIDC, OIDC + "x", "no-arn-at-all-xx-xx"),
        "OrganizationalUnitId": (found["unit"], "x"),
        "ParentId": (found["root"], found["unit"], "x"),
        "PartNumber": (1, 0, 10001),
        "Password": ("Secret-456", "weak"),
        "Path": paths,
        "PathPrefix": paths,
        "Payload": (b"{}",),
        "lambda:Action": ("lambda:InvokeFunction", "lambda:*"),
        "lambda:Marker": (found["function"], "gone"),
        "lambda:Principal": (ACCOUNT_ID, "s3.amazonaws.com", "nobody"),
        "lambda:StatementId": ("gone", "new"),
        "lambda:Role": (arn("role", "fn-role"), arn("role", "r0"), arn("role", "gone")),
        "Runtime": ("python3.13", "cobol"),
        "ZipFile": (package_of("s3:ListBuckets"), b"no"),
        "PermissionsBoundary": arns,
        "Policy": _policies(),
        "PolicyArn": arns,
        "PolicyArns": ([{"arn": ADMIN}], [{"arn": ADMIN}] * 11),
        "PolicyDocument": _documents(),
        "PolicyId": ("p-FullAWSAccess", "p-gone1234", "x"),
        "PolicyInputList": ([allow("s3:*")], ["{"]),
        "PolicyName": ("in", "given", "gone", "p0", "x"),
        "PolicySourceArn": (arn("user", "u0"), arn("user", "gone"), "no-arn-at-all-xx-xx"),
        "Prefix": ("", "folder/"),
        "PrincipalArn": (SAML, SAML + "x"),
        "PrivateKey": (KEY, "no key"),
        "PublicAccessBlockConfiguration": ({"BlockPublicPolicy": True}, {}),
        "Range": ("bytes=0-1", "bytes=9-"),
        "Region": ("eu-west-1", "us-east-1", "nowhere"),
        "ResourceArns": (["arn:aws:s3:::bucket-b/k"], ["nothing"]),
        "ResourceId": (f"arn:aws:cloudtrail:us-east-1:{ACCOUNT_ID}:trail/trail", "x"),
        "Resources": ([found["instance"]], ["i-0a20230a20230a202"], ["x"]),
        "RoleArn": _ARNS,
        "RoleName": ("r0", "r1", "gone", "x", "AWSServiceRoleForAutoScaling"),
        "RoleSessionName": ("lesson", "no name!"),
        "S3BucketName": ("bucket-logs", "bucket-b", "bucket-gone", ""),
        "S3KeyPrefix": ("logs", "x" * 201),
        "SAMLAssertion": (*map(_saml, _ARNS), "none"),
        "SAMLMetadataDocument": (metadata(), "<x/>" * 300),
        "SAMLProviderArn": (SAML, SAML + "x", "no-arn-at-all-xx-xx"),
        "SSHPublicKeyBody": (SSH, "no key"),
        "SSHPublicKeyId": (found["ssh"], "APKAXXXXXXXXXXXXXXXX"),
        "SerialNumber": (found["serial"], found["serial"] + "x"),
        "ServerCertificateName": ("www", "x", "gone"),
        "ServiceNamespaces": (["s3"],),
        "SourceIdentity": ("ann",),
        "StartTime": (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        "EndTime": (datetime(2026, 2, 1, tzinfo=UTC),),
        "StorageClass": ("STANDARD", "GLACIER"),
        "TagKeys": (["k"], ["gone"]),
        "Tagging": ({"TagSet": _TAGS[0]}, {"TagSet": _TAGS[2]}),
        "Tags": _TAGS,
        "TagsList": _TAGS,
        "TargetId": (ACCOUNT_ID, found["root"], found["unit"], "x"),
        "TargetPrincipal": (OTHER_ID, ACCOUNT_ID, "x" * 12),
        "TaskPolicyArn": tuple({"arn": one} for one in (*sorted(TASK_POLICIES)[:1], ADMIN)),
        "ThumbprintList": (["a" * 40], ["a" * 40] * 6),
        "TokenCode": codes,
        "TrailName": ("trail", "gone", "no name!"),
        "TransitiveTagKeys": (["k"], ["other"]),
        "UploadId": (found["upload"], "gone"),
        "Url": (ISSUER, "https://other.example.com", "http://other.example.com", "x"),
        "UserName": (*users, "x"),
        "VersionId": ("v1", "v2", "v9", "null"),
        "VirtualMFADeviceName": ("phone", "x", "x" * 226),
        "WebIdentityToken": (id_token(), id_token("else"), "none"),
        "trailNameList": (["trail"], ["no name!"]),
        **{f"New{kind}Name": names for kind in ("User", "Group", "ServerCertificate")},
    }
    return everything


def _default(shape: Shape) -> st.SearchStrategy[Any]:
    enum = getattr(shape, "enum", None)
    if enum:
        return st.sampled_from(list(enum))
    by_type: dict[str, Any] = {"boolean": st.booleans(), "integer": st.sampled_from((1, 900, 3600))}
    by_type |= {"list": st.just([]), "structure": st.just({}), "map": st.just({})}
    by_type |= {"timestamp": st.just(NOON), "blob": st.just(b"x"), "long": st.just(1)}
    return by_type.get(shape.type_name, st.just("x"))  # type: ignore[no-any-return]


_HEADERS = {"s3:PutObject", "s3:CopyObject", "s3:CreateMultipartUpload"}


@st.composite
def params_of(
    draw: st.DrawFn, operation: str, values: dict[str, tuple[Any, ...]]
) -> dict[str, Any]:
    """Draw plausible parameters of an operation; the first of a pool is the likeliest to do."""
    shape = operation_model(operation).input_shape
    drawn: dict[str, Any] = {}
    for name, member in (shape.members if shape else {}).items():
        pool = pool_of(operation, name, values)
        if name in shape.required_members or draw(st.integers(1, 4 if pool else 12)) == 1:
            first = st.just(pool[0]) if pool else _default(member)
            drawn[name] = draw(first | st.sampled_from(pool) if pool else first)
    return drawn


def likeliest(operation: str, values: dict[str, tuple[Any, ...]]) -> dict[str, Any]:
    """Return the required parameters of an operation, with the values that are likeliest to do."""
    shape = operation_model(operation).input_shape
    required = shape.required_members if shape else ()
    return {name: (pool_of(operation, name, values) or ("x",))[0] for name in required}


def pool_of(operation: str, name: str, values: dict[str, tuple[Any, ...]]) -> tuple[Any, ...]:
    """Return plausible values of a member of an operation's input."""
    if name == "Tagging" and operation in _HEADERS:
        return ("team=blue", "a=1&a=2")
    service = operation.partition(":")[0]
    return values.get(f"{service}:{name}") or values.get(name, ())
