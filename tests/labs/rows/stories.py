"""Every write there is, in an order in which each can be performed."""

from dataclasses import replace
from typing import Any

from console.services.awslambda.calls import package_of
from console.services.ec2.images import IMAGES_BY_ID
from iam.perform import perform, registry
from iam.trail import end_visit
from tests.iam.ssh import SSH
from tests.iam.test_every_operation import STORY, learned
from tests.services.cast import OWN
from tests.services.trails import log_policy
from tests.worlds import ACCOUNT_ID, World, document, trust

Story = list[tuple[str, dict[str, Any]]]
_TAGS = [{"Key": "k", "Value": "v"}]
_TRAIL = f"arn:aws:cloudtrail:us-east-1:{ACCOUNT_ID}:trail/all"
_B, _O = {"Bucket": "bucket"}, {"Bucket": "bucket", "Key": "a.txt"}
_UPLOAD = {"Bucket": "bucket", "Key": "big.txt", "UploadId": "UPLOAD"}
_LOGS = log_policy("bucket", _TRAIL).replace(OWN, ACCOUNT_ID)
_BLOCK = {"BlockPublicAcls": True, "BlockPublicPolicy": False}
_SELECTORS = [{"ReadWriteType": "WriteOnly", "IncludeManagementEvents": True}]
_ARCHIVED = {
    "analyzerArn": f"arn:aws:access-analyzer:us-east-1:{ACCOUNT_ID}:analyzer/outside",
    "status": "ARCHIVED",
    "resourceArn": "arn:aws:s3:::bucket",
}
_PROFILES: Story = [
    *(
        step
        for name in ("one", "two")
        for step in (
            (
                "iam:CreateRole",
                {"RoleName": name, "AssumeRolePolicyDocument": trust(ACCOUNT_ID)},
            ),
            ("iam:CreateInstanceProfile", {"InstanceProfileName": name}),
            ("iam:AddRoleToInstanceProfile", {"InstanceProfileName": name, "RoleName": name}),
        )
    ),
]
_S3: Story = [
    ("s3:CreateBucket", _B),
    ("s3:PutBucketPolicy", {**_B, "Policy": _LOGS}),
    ("s3:PutPublicAccessBlock", {**_B, "PublicAccessBlockConfiguration": _BLOCK}),
    ("s3:DeletePublicAccessBlock", _B),
    ("s3:PutBucketTagging", {**_B, "Tagging": {"TagSet": _TAGS}}),
    ("s3:DeleteBucketTagging", _B),
    ("s3:PutObject", {**_O, "Body": b"first"}),
    ("s3:PutObject", {**_O, "Body": b"second", "ContentType": "text/plain"}),
    ("s3:PutObjectTagging", {**_O, "Tagging": {"TagSet": _TAGS}}),
    ("s3:DeleteObjectTagging", _O),
    ("s3:CopyObject", {**_B, "Key": "b.txt", "CopySource": "bucket/a.txt"}),
    ("s3:CreateMultipartUpload", {**_B, "Key": "big.txt"}),
    ("s3:UploadPart", {**_UPLOAD, "PartNumber": 1, "Body": b"part"}),
    ("s3:UploadPart", {**_UPLOAD, "PartNumber": 1, "Body": b"other"}),
    ("s3:UploadPartCopy", {**_UPLOAD, "PartNumber": 2, "CopySource": "bucket/a.txt"}),
    ("s3:AbortMultipartUpload", _UPLOAD),
    ("s3:CreateMultipartUpload", {**_B, "Key": "big.txt"}),
    ("s3:UploadPart", {**_UPLOAD, "PartNumber": 1, "Body": b"whole"}),
    (
        "s3:CompleteMultipartUpload",
        {**_UPLOAD, "MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": "ETAG"}]}},
    ),
    ("s3:DeleteObject", {**_B, "Key": "b.txt"}),
    ("s3:DeleteObjects", {**_B, "Delete": {"Objects": [{"Key": "big.txt"}, {"Key": "a.txt"}]}}),
]
_CLOUDTRAIL: Story = [
    ("cloudtrail:CreateTrail", {"Name": "all", "S3BucketName": "bucket"}),
    ("cloudtrail:PutEventSelectors", {"TrailName": "all", "EventSelectors": _SELECTORS}),
    ("cloudtrail:UpdateTrail", {"Name": "all", "IsMultiRegionTrail": True}),
    ("cloudtrail:AddTags", {"ResourceId": _TRAIL, "TagsList": _TAGS}),
    ("cloudtrail:RemoveTags", {"ResourceId": _TRAIL, "TagsList": _TAGS}),
    ("cloudtrail:StartLogging", {"Name": "all"}),
    ("cloudtrail:StopLogging", {"Name": "all"}),
    ("cloudtrail:DeleteTrail", {"Name": "all"}),
    ("access-analyzer:CreateAnalyzer", {"analyzerName": "outside", "type": "ACCOUNT"}),
    ("access-analyzer:UpdateFindings", _ARCHIVED),
    ("access-analyzer:DeleteAnalyzer", {"analyzerName": "outside"}),
    ("s3:DeleteBucketPolicy", _B),
]
_EC2: Story = [
    ("ec2:RunInstances", {"ImageId": next(iter(IMAGES_BY_ID)), "MinCount": 2, "MaxCount": 2}),
    (
        "ec2:CreateTags",
        {"Resources": ["INSTANCE"], "Tags": [{"Key": "team", "Value": "blue"}]},
    ),
    ("ec2:DeleteTags", {"Resources": ["INSTANCE"], "Tags": [{"Key": "team"}]}),
    (
        "ec2:AssociateIamInstanceProfile",
        {"InstanceId": "INSTANCE", "IamInstanceProfile": {"Name": "one"}},
    ),
    (
        "ec2:ReplaceIamInstanceProfileAssociation",
        {"AssociationId": "ASSOCIATION", "IamInstanceProfile": {"Name": "two"}},
    ),
    (
        "ec2-instance-connect:SendSSHPublicKey",
        {"InstanceId": "INSTANCE", "InstanceOSUser": "u", "SSHPublicKey": SSH},
    ),
    ("ec2:DisassociateIamInstanceProfile", {"AssociationId": "ASSOCIATION"}),
    ("ec2:TerminateInstances", {"InstanceIds": ["INSTANCE"]}),
]
_LAMBDA: Story = [
    (
        "iam:CreateRole",
        {
            "RoleName": "job",
            "AssumeRolePolicyDocument": document(
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "lambda.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }
            ),
        },
    ),
    (
        "lambda:CreateFunction",
        {
            "FunctionName": "job",
            "Role": f"arn:aws:iam::{ACCOUNT_ID}:role/job",
            "Runtime": "python3.13",
            "Handler": "a.b",
            "Code": {"ZipFile": package_of("s3:ListBuckets")},
        },
    ),
    ("lambda:UpdateFunctionConfiguration", {"FunctionName": "job", "Timeout": 9}),
    ("lambda:UpdateFunctionCode", {"FunctionName": "job", "ZipFile": package_of("")}),
    (
        "lambda:AddPermission",
        {
            "FunctionName": "job",
            "StatementId": "own",
            "Action": "lambda:InvokeFunction",
            "Principal": ACCOUNT_ID,
        },
    ),
    ("lambda:RemovePermission", {"FunctionName": "job", "StatementId": "own"}),
    ("lambda:DeleteFunction", {"FunctionName": "job"}),
]
_REST: Story = [
    ("s3:CreateBucket", {"Bucket": "empty"}),
    ("s3:DeleteBucket", {"Bucket": "empty"}),
]
LOGGING: Story = [*_S3[:2], *_CLOUDTRAIL[:1], *_CLOUDTRAIL[5:6]]
"""A bucket and a trail that logs into it."""
IAM: Story = [(f"iam:{name}", params) for name, params in STORY]
SERVICES: Story = [*_PROFILES, *_S3, *_CLOUDTRAIL, *_EC2, *_LAMBDA, *_REST]


def _filled(value: Any, told: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(one, told) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, told) for one in value]
    return told.get(value, value) if isinstance(value, str) else value


def _learned(result: dict[str, Any]) -> dict[str, str]:
    told = learned(result)
    told |= {"UPLOAD": result["UploadId"]} if "UploadId" in result else {}
    told |= {"ETAG": result["ETag"]} if "ETag" in result else {}
    if "Instances" in result:
        told["INSTANCE"] = result["Instances"][0]["InstanceId"]
    association = result.get("IamInstanceProfileAssociation", {})
    return told | ({"ASSOCIATION": association["AssociationId"]} if association else {})


class Teller:
    """Performs the steps of a story as root, in the console."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.world.origin = replace(world.origin, via_console=True)
        self._told: dict[str, str] = {}

    def perform(self, operation: str, params: dict[str, Any]) -> None:
        root = self.world.root()
        self._told |= _learned(perform(root, operation, _filled(params, self._told)) or {})
        end_visit(root.visit)


def is_write(operation: str) -> bool:
    return registry.find(operation).writes


def everything_is_told() -> set[str]:
    """Return the writes that no story performs."""
    told = {operation for operation, _ in [*IAM, *SERVICES]}
    return {name for name, found in registry.operations.items() if found.writes} - told
