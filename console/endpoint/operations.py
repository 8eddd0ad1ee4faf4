"""The state of each operation in AWS's service models: supported, partly, or refused."""

from collections.abc import Iterator

from console.services.ec2.absent_kinds import ABSENT_KINDS
from console.services.ec2.actions.network_parts import PARTS
from iam.perform import registry
from iam.wire.shapes import operation_service

SERVICES = ("iam", "sts", "s3", "cloudtrail", "ec2", "lambda", "organizations", "access-analyzer")
SUPPORTED, PARTLY, REFUSED = "supported", "partly", "refused"
# Unsupported operations of these are listed as a count only.
_SUMMED = {"access-analyzer", "ec2", "lambda", "organizations"}
_CONSOLE = "Rolecall's own, used by its console: AWS's console has no public operation for this"
_OURS = "Rolecall's own, used by its console: AWS fetches these keys over the network"
_NO_VERSIONS = "no object versions"
_EXTERNAL = "external access to roles, buckets and functions"
_PARTS: dict[str, str] = {
    "access-analyzer:CreateAnalyzer": "of external access, without archive rules",
    **dict.fromkeys(
        (
            f"access-analyzer:{name}"
            for name in ("GetFinding", "GetFindingV2", "ListFindings", "ListFindingsV2")
        ),
        _EXTERNAL,
    ),
    "access-analyzer:ValidatePolicy": "findings are in English, whatever the locale",
    "cloudtrail:CreateTrail": "no SNS topic, CloudWatch Logs group, KMS key or organization",
    "cloudtrail:UpdateTrail": "no SNS topic, CloudWatch Logs group, KMS key or organization",
    "cloudtrail:LookupEvents": "management events; no Insights events",
    "cloudtrail:PutEventSelectors": "data events of S3 objects",
    **dict.fromkeys(("ec2:CreateTags", "ec2:DeleteTags", "ec2:DescribeTags"), "tags of instances"),
    "lambda:AddPermission": "of functions, without versions, aliases or function URLs",
    "lambda:CreateFunction": "no code runs: CALLS, or calls.txt of the package, says what it calls",
    "lambda:GetFunction": "without the address of the package, which is not kept",
    "lambda:Invoke": "at once, or as a dry run; its calls are real calls as its role",
    "lambda:UpdateFunctionCode": "calls.txt of the package says what it calls",
    "lambda:UpdateFunctionConfiguration": "role, runtime, handler, environment, limits",
    "ec2:DescribeImages": "a few images that instances may name",
    "ec2:RunInstances": "no machine runs: an instance holds its role's credentials",
    "ec2-instance-connect:SendSSHPublicKey": "shows where the instance finds its credentials",
    "iam:GetOpenIDConnectProviderKeys": _OURS,
    "iam:UpdateOpenIDConnectProviderKeys": _OURS,
    "iam:CreateOpenIDConnectProvider": "keys are given in the console: there is no network",
    "iam:ListSecurityTokenServiceRegions": _CONSOLE,
    "iam:UpdateSecurityTokenServiceRegion": _CONSOLE,
    "iam:GetServiceLastAccessedDetails": "by the events that the sandbox keeps; no Region",
    "iam:CreateServiceLinkedRole": "services whose linked role the catalogue knows",
    "sts:AssumeRoot": "a sandbox whose scenario marks a management account",
    "sts:AssumeRoleWithWebIdentity": "ID tokens whose issuer's keys are known; no access tokens",
    "s3:CopyObject": _NO_VERSIONS,
    "s3:DeleteObject": _NO_VERSIONS,
    "s3:GetObject": _NO_VERSIONS,
    "s3:GetBucketVersioning": "always not enabled",
    "s3:ListObjectVersions": "every object has the one version `null`",
    **dict.fromkeys(
        (
            "s3:GetBucketAccelerateConfiguration",
            "s3:GetBucketCors",
            "s3:GetBucketLifecycleConfiguration",
            "s3:GetBucketLogging",
            "s3:GetBucketMetadataConfiguration",
            "s3:GetBucketMetadataTableConfiguration",
            "s3:GetBucketNotificationConfiguration",
            "s3:GetBucketReplication",
            "s3:GetBucketWebsite",
            "s3:GetObjectLockConfiguration",
        ),
        "always none",
    ),
    **{
        f"s3:{name}": "always none"
        for kind in ("Analytics", "IntelligentTiering", "Inventory", "Metrics")
        for name in (
            f"DeleteBucket{kind}Configuration",
            f"GetBucket{kind}Configuration",
            f"ListBucket{kind}Configurations",
        )
    },
    **dict.fromkeys(
        (
            "s3:DeleteBucketCors",
            "s3:DeleteBucketLifecycle",
            "s3:DeleteBucketMetadataConfiguration",
            "s3:DeleteBucketMetadataTableConfiguration",
            "s3:DeleteBucketReplication",
            "s3:DeleteBucketWebsite",
        ),
        "there is never one",
    ),
    "s3:DeleteBucketEncryption": "it is AES256 already",
    "s3:GetBucketAbac": "always disabled",
    **dict.fromkeys(
        (
            "s3:PutBucketAbac",
            "s3:PutBucketEncryption",
            "s3:PutBucketLogging",
            "s3:PutBucketNotificationConfiguration",
            "s3:PutBucketRequestPayment",
        ),
        "only to what is so already",
    ),
    **dict.fromkeys(
        ("s3:PutObjectLegalHold", "s3:PutObjectLockConfiguration", "s3:PutObjectRetention"),
        "refused as in a bucket without Object Lock",
    ),
    "s3:GetObjectAttributes": "no parts",
    "s3:RestoreObject": "refused: nothing is archived",
    **dict.fromkeys(("s3:GetObjectLegalHold", "s3:GetObjectRetention"), "always none"),
    "s3:GetBucketEncryption": "always AES256",
    "s3:GetBucketRequestPayment": "always BucketOwner",
    **dict.fromkeys(
        ("iam:DisableOutboundWebIdentityFederation", "iam:GetOutboundWebIdentityFederationInfo"),
        "always off",
    ),
    "sts:GetWebIdentityToken": "refused: outbound federation is always off",
    **dict.fromkeys(
        (
            "iam:AcceptDelegationRequest",
            "iam:AssociateDelegationRequest",
            "iam:DeleteServiceSpecificCredential",
            "iam:GetDelegationRequest",
            "iam:ListDelegationRequests",
            "iam:ListServiceSpecificCredentials",
            "iam:RejectDelegationRequest",
            "iam:ResetServiceSpecificCredential",
            "iam:SendDelegationToken",
            "iam:UpdateDelegationRequest",
            "iam:UpdateServiceSpecificCredential",
            "cloudtrail:GetChannel",
            "cloudtrail:GetDashboard",
            "cloudtrail:GetEventConfiguration",
            "cloudtrail:GetEventDataStore",
            "cloudtrail:GetInsightSelectors",
            "cloudtrail:ListChannels",
            "cloudtrail:ListDashboards",
            "cloudtrail:ListEventDataStores",
            "cloudtrail:ListImports",
            "cloudtrail:ListPublicKeys",
            "cloudtrail:ListQueries",
            "organizations:DescribeCreateAccountStatus",
            "organizations:DescribeEffectivePolicy",
            "organizations:DescribeHandshake",
            "organizations:DescribeResourcePolicy",
            "organizations:DescribeResponsibilityTransfer",
            "organizations:ListAccountsWithInvalidEffectivePolicy",
            "organizations:ListCreateAccountStatus",
            "organizations:ListDelegatedAdministrators",
            "organizations:ListDelegatedServicesForAccount",
            "organizations:ListEffectivePolicyValidationErrors",
            "organizations:ListHandshakesForAccount",
            "organizations:ListHandshakesForOrganization",
            "organizations:ListInboundResponsibilityTransfers",
            "organizations:ListOutboundResponsibilityTransfers",
            "organizations:ListTagsForResource",
        ),
        "always none",
    ),
    "ec2:DescribeNetworkInterfaces": "one of each running instance",
    "ec2:DescribeSecurityGroups": "the default VPC's alone",
    "ec2:GetEbsDefaultKmsKeyId": "always AWS's own",
    "ec2:DescribeVpcs": "the default VPC alone",
    **{f"ec2:{kind.operation}": "always none" for kind in ABSENT_KINDS},
    **{f"ec2:Describe{part.member}": "the default VPC's alone" for part in PARTS},
    "ec2:DescribeAccountAttributes": "a new account's",
    "ec2:DescribeInstanceAttribute": "as at launch",
    "ec2:DescribeVpcAttribute": "the default VPC's alone",
    "ec2:GetAllowedImagesSettings": "always disabled",
    "ec2:GetEbsEncryptionByDefault": "always off",
    "ec2:GetImageBlockPublicAccessState": "as in a new account",
    "ec2:GetInstanceMetadataDefaults": "always none",
    "ec2:GetSerialConsoleAccessStatus": "always off",
    "ec2:GetSnapshotBlockPublicAccessState": "always unblocked",
    "ec2:DescribeAvailabilityZones": "Availability Zones by name; no Local Zones",
    **dict.fromkeys(
        ("s3:PutBucketAcl", "s3:PutObjectAcl"), "buckets allow no ACLs, as AWS's new ones"
    ),
    "s3:GetBucketAcl": "the owner's alone",
    "s3:GetObjectAcl": "the owner's alone",
    "s3:PutObject": "1 MiB an object, 16 MiB a sandbox; no versions, encryption keys or ACLs",
}


# Deprecated operations at the address of a newer one, which answers for both.
_ANSWERED_BY = {
    "s3:GetBucketLifecycle": "s3:GetBucketLifecycleConfiguration",
    "s3:GetBucketNotification": "s3:GetBucketNotificationConfiguration",
    "s3:PutBucketNotification": "s3:PutBucketNotificationConfiguration",
}


def state_of(operation: str) -> str:
    """Return whether an operation, such as iam:CreateUser, is supported, partly, or refused."""
    operation = _ANSWERED_BY.get(operation, operation)
    if operation not in registry.operations:
        return REFUSED
    return PARTLY if operation in _PARTS else SUPPORTED


def _newer(operation: str) -> str:
    newer = _ANSWERED_BY.get(operation, "").partition(":")[2]
    return f"as {newer}" if newer else ""


def _rows(service: str) -> Iterator[str]:
    names = sorted(operation_service(service).operation_names)
    refused = [name for name in names if state_of(f"{service}:{name}") == REFUSED]
    for name in names:
        operation = f"{service}:{name}"
        if service not in _SUMMED or name not in refused:
            yield f"| {name} | {state_of(operation)} | {_PARTS.get(operation, _newer(operation))} |"
    if service in _SUMMED:
        yield f"| {len(refused)} others | {REFUSED} | |"


def operations_table() -> str:
    lines = [
        "# AWS operations",
        "",
        "Made by `manage.py operations` from the code and AWS's service models. What is refused",
        "answers over the wire with `NotImplemented` (`UnsupportedOperation` of EC2,",
        "`UnsupportedOperationException` of CloudTrail), never with a made-up success.",
        "",
        "S3 Control (`s3control`: an account's public access block, access points) is not offered.",
        "Its clients ask a host of each account's own, such as `111122223333.127.0.0.1`, which is",
        "nowhere: they say that they cannot connect, and those that look at many services go on.",
    ]
    for service in SERVICES:
        lines += ["", f"## {service}", "", "| operation | state | note |", "|---|---|---|"]
        lines += _rows(service)
    return "\n".join(lines) + "\n"
