"""Calls about what nobody has here, each with its answer: a result, or the code of a refusal.

The codes are those of AWS's service models, unless a row says otherwise.
"""

from typing import Any

DELEGATION = {"DelegationRequestId": "dr-0123456789abcdef"}
CREDENTIAL = {"UserName": "admin", "ServiceSpecificCredentialId": "ACCA0123456789ABCDEF"}
STORE = "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/0123456789"
NO_STORE = "EventDataStoreNotFoundException"
NO_EFFECTIVE = "EffectivePolicyNotFoundException"
NO_TRANSFER = "ResponsibilityTransferNotFoundException"
TRANSFERS = {"Type": "BILLING"}
TAG_POLICY = {"PolicyType": "TAG_POLICY"}
MEMBER = "444455556666"

Row = tuple[str, dict[str, Any], dict[str, Any] | str]

OF_ACCOUNTS: list[Row] = [
    ("iam:ListDelegationRequests", {}, {"DelegationRequests": [], "isTruncated": False}),
    ("iam:GetDelegationRequest", DELEGATION, "NoSuchEntity"),
    ("iam:AcceptDelegationRequest", DELEGATION, "NoSuchEntity"),
    ("iam:AssociateDelegationRequest", DELEGATION, "NoSuchEntity"),
    ("iam:RejectDelegationRequest", DELEGATION, "NoSuchEntity"),
    ("iam:SendDelegationToken", DELEGATION, "NoSuchEntity"),
    ("iam:UpdateDelegationRequest", DELEGATION, "NoSuchEntity"),
    ("iam:GetOutboundWebIdentityFederationInfo", {}, "FeatureDisabled"),
    ("iam:DisableOutboundWebIdentityFederation", {}, "FeatureDisabled"),
    ("iam:DeleteServiceSpecificCredential", CREDENTIAL, "NoSuchEntity"),
    ("iam:ResetServiceSpecificCredential", CREDENTIAL, "NoSuchEntity"),
    ("iam:UpdateServiceSpecificCredential", {**CREDENTIAL, "Status": "Inactive"}, "NoSuchEntity"),
    (
        "sts:GetWebIdentityToken",
        {"Audience": ["https://partner.example"], "SigningAlgorithm": "RS256"},
        "OutboundWebIdentityFederationDisabledException",
    ),
    ("cloudtrail:GetChannel", {"Channel": "abc"}, "ChannelNotFoundException"),
    ("cloudtrail:GetDashboard", {"DashboardId": "abc"}, "ResourceNotFoundException"),
    ("cloudtrail:GetEventConfiguration", {"EventDataStore": STORE}, NO_STORE),
    ("cloudtrail:GetEventDataStore", {"EventDataStore": STORE}, NO_STORE),
    ("cloudtrail:ListPublicKeys", {}, {"PublicKeyList": []}),
    ("cloudtrail:ListQueries", {"EventDataStore": STORE}, NO_STORE),
    ("ec2:GetAllowedImagesSettings", {}, {"State": "disabled", "ManagedBy": "account"}),
    (
        "ec2:GetImageBlockPublicAccessState",
        {},
        {"ImageBlockPublicAccessState": "block-new-sharing", "ManagedBy": "account"},
    ),
    ("ec2:GetInstanceMetadataDefaults", {}, {"AccountLevel": {}}),
    (
        "ec2:GetSerialConsoleAccessStatus",
        {},
        {"SerialConsoleAccessEnabled": False, "ManagedBy": "account"},
    ),
    (
        "ec2:GetSnapshotBlockPublicAccessState",
        {},
        {"State": "unblocked", "ManagedBy": "account"},
    ),
]
OF_ORGANIZATIONS: list[Row] = [
    (
        "organizations:DescribeCreateAccountStatus",
        {"CreateAccountRequestId": "car-0123456789abcdef"},
        "CreateAccountStatusNotFoundException",
    ),
    ("organizations:DescribeEffectivePolicy", TAG_POLICY, NO_EFFECTIVE),
    ("organizations:DescribeEffectivePolicy", {**TAG_POLICY, "TargetId": MEMBER}, NO_EFFECTIVE),
    (
        "organizations:DescribeEffectivePolicy",
        {**TAG_POLICY, "TargetId": "999999999999"},
        "TargetNotFoundException",
    ),
    (
        "organizations:DescribeHandshake",
        {"HandshakeId": "h-0123456789abcdef"},
        "HandshakeNotFoundException",
    ),
    ("organizations:DescribeResourcePolicy", {}, "ResourcePolicyNotFoundException"),
    ("organizations:DescribeResponsibilityTransfer", {"Id": "rt-0123456789"}, NO_TRANSFER),
    ("organizations:ListAccountsWithInvalidEffectivePolicy", TAG_POLICY, NO_EFFECTIVE),
    (
        "organizations:ListDelegatedServicesForAccount",
        {"AccountId": MEMBER},
        "AccountNotRegisteredException",
    ),
    (
        "organizations:ListEffectivePolicyValidationErrors",
        {**TAG_POLICY, "AccountId": MEMBER},
        NO_EFFECTIVE,
    ),
    (
        "organizations:ListInboundResponsibilityTransfers",
        TRANSFERS,
        {"ResponsibilityTransfers": []},
    ),
    (
        "organizations:ListOutboundResponsibilityTransfers",
        TRANSFERS,
        {"ResponsibilityTransfers": []},
    ),
]
OF_OBJECTS = ("s3:PutObjectLegalHold", "s3:PutObjectRetention", "s3:RestoreObject")
OF_BUCKETS = {
    f"s3:{verb}Bucket{kind}Configuration"
    for verb in ("Delete", "Get")
    for kind in (
        "Analytics", "IntelligentTiering", "Inventory", "Metadata", "MetadataTable", "Metrics",
    )
}  # fmt: skip
REFUSED = (
    {name for name, _, expected in [*OF_ACCOUNTS, *OF_ORGANIZATIONS] if isinstance(expected, str)}
    | {*OF_OBJECTS, "s3:PutObjectLockConfiguration"}
    | OF_BUCKETS
)
"""What nobody is answered here; GetEventConfiguration answers for a trail."""
REFUSED.discard("cloudtrail:GetEventConfiguration")
_AES256 = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
SETTLED: dict[str, dict[str, Any]] = {
    "s3:PutBucketAbac": {"AbacStatus": {"Status": "Disabled"}},
    "s3:PutBucketEncryption": {"ServerSideEncryptionConfiguration": {"Rules": [_AES256]}},
    "s3:PutBucketLogging": {"BucketLoggingStatus": {}},
    "s3:PutBucketNotificationConfiguration": {"NotificationConfiguration": {}},
    "s3:PutBucketRequestPayment": {"RequestPaymentConfiguration": {"Payer": "BucketOwner"}},
}
CHANGES_NOTHING = SETTLED.keys() | {
    f"s3:DeleteBucket{kind}"
    for kind in ("Cors", "Encryption", "Lifecycle", "Replication", "Website")
}
"""Writes that are accepted as far as they ask for what is so already."""
