"""What a bucket never has is answered as S3 does where nobody set it up."""

import pytest

from tests.endpoint.clients import Clients, keys_of, refusal
from tests.endpoint.objects import put
from tests.worlds import allow

BUCKET = {"Bucket": "lesson-files"}
ABSENT = [
    ("get_bucket_accelerate_configuration", "GetAccelerateConfiguration", {}),
    ("get_bucket_logging", "GetBucketLogging", {}),
    ("get_bucket_notification_configuration", "GetBucketNotification", {}),
    ("get_bucket_request_payment", "GetBucketRequestPayment", {"Payer": "BucketOwner"}),
    ("get_bucket_cors", "GetBucketCORS", "NoSuchCORSConfiguration"),
    (
        "get_bucket_lifecycle_configuration",
        "GetLifecycleConfiguration",
        "NoSuchLifecycleConfiguration",
    ),
    (
        "get_bucket_replication",
        "GetReplicationConfiguration",
        "ReplicationConfigurationNotFoundError",
    ),
    ("get_bucket_website", "GetBucketWebsite", "NoSuchWebsiteConfiguration"),
    (
        "get_object_lock_configuration",
        "GetBucketObjectLockConfiguration",
        "ObjectLockConfigurationNotFoundError",
    ),
    (
        "get_bucket_encryption",
        "GetEncryptionConfiguration",
        {
            "ServerSideEncryptionConfiguration": {
                "Rules": [
                    {
                        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
                        "BucketKeyEnabled": False,
                    }
                ]
            }
        },
    ),
]


KINDS = {
    "analytics": "GetAnalyticsConfiguration",
    "intelligent_tiering": "GetIntelligentTieringConfiguration",
    "inventory": "GetInventoryConfiguration",
    "metrics": "GetMetricsConfiguration",
}
ABSENT += [
    row
    for kind, action in KINDS.items()
    for row in (
        (f"list_bucket_{kind}_configurations", action, {"IsTruncated": False}),
        (f"get_bucket_{kind}_configuration", action, "NoSuchConfiguration"),
    )
]
ABSENT += [
    (f"delete_bucket_{kind}_configuration", action.replace("Get", "Put"), "NoSuchConfiguration")
    for kind, action in KINDS.items()
]
METADATA = ("metadata_configuration", "metadata_table_configuration")
ABSENT += [
    (
        f"{verb.lower()}_bucket_{name}",
        f"{verb}BucketMetadataTableConfiguration",
        "MetadataConfigurationNotFound",
    )
    for verb in ("Get", "Delete")
    for name in METADATA
]
ABSENT += [
    ("get_bucket_abac", "GetBucketAbac", {"AbacStatus": {"Status": "Disabled"}}),
    ("delete_bucket_cors", "PutBucketCORS", {}),
    ("delete_bucket_encryption", "PutEncryptionConfiguration", {}),
    ("delete_bucket_lifecycle", "PutLifecycleConfiguration", {}),
    ("delete_bucket_replication", "PutReplicationConfiguration", {}),
    ("delete_bucket_website", "DeleteBucketWebsite", {}),
]


@pytest.mark.parametrize(("operation", "action", "expected"), ABSENT)
def test_a_setting_that_no_bucket_has(world, admin, s3, operation, action, expected):
    asked = {**BUCKET, "Id": "x"} if expected == "NoSuchConfiguration" else BUCKET
    if isinstance(expected, str):
        code, _, status = refusal(getattr(s3, operation), **asked)
        assert (code, status) == (expected, 404)
    else:
        found = getattr(s3, operation)(**asked)
        del found["ResponseMetadata"]
        assert found == expected
    assert (
        refusal(getattr(s3, operation), **{**asked, "Bucket": "nowhere-at-all"})[0]
        == "NoSuchBucket"
    )
    world.add_user("ann", allow(f"s3:{action}"))
    world.add_user("bob", allow("s3:GetBucketPolicy"))
    ann, bob = (
        Clients()("s3", keys_of(world.do("CreateAccessKey", UserName=name)["AccessKey"]))
        for name in ("ann", "bob")
    )
    assert refusal(getattr(bob, operation), **asked)[0] == "AccessDenied"
    if isinstance(expected, str):
        assert refusal(getattr(ann, operation), **asked)[0] == expected
    else:
        assert getattr(ann, operation)(**asked)


def test_an_object_is_not_locked_in_a_bucket_without_object_lock(s3):
    """S3's words to PutObject with a lock, inferred for what reads one."""
    put(s3)
    for call in (s3.get_object_legal_hold, s3.get_object_retention):
        assert refusal(call, **BUCKET, Key="k") == (
            "InvalidRequest", "Bucket is missing Object Lock Configuration", 400,
        )  # fmt: skip
        assert refusal(call, **BUCKET, Key="none")[0] == "NoSuchKey"


AES256 = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}
KMS = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}]}
SETTLED = [
    ("put_bucket_abac", "PutBucketAbac", "AbacStatus", {"Status": "Disabled"},
     {"Status": "Enabled"}),
    ("put_bucket_encryption", "PutEncryptionConfiguration", "ServerSideEncryptionConfiguration",
     AES256, KMS),
    ("put_bucket_logging", "PutBucketLogging", "BucketLoggingStatus", {},
     {"LoggingEnabled": {"TargetBucket": "lesson-files", "TargetPrefix": ""}}),
    ("put_bucket_notification_configuration", "PutBucketNotification",
     "NotificationConfiguration", {}, {"EventBridgeConfiguration": {}}),
    ("put_bucket_request_payment", "PutBucketRequestPayment", "RequestPaymentConfiguration",
     {"Payer": "BucketOwner"}, {"Payer": "Requester"}),
]  # fmt: skip


@pytest.mark.parametrize("row", SETTLED, ids=[one[0] for one in SETTLED])
def test_what_is_so_already_can_be_set_and_nothing_else(world, s3, row):
    """As Terraform's resources of buckets ask; a setting that is not kept is never accepted."""
    operation, action, member, same, other = row
    call = getattr(s3, operation)
    assert call(**BUCKET, **{member: same})["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert refusal(call, **BUCKET, **{member: other})[0::2] == ("NotImplemented", 501)
    world.add_user("bob", allow("s3:Get*"))
    bob = Clients()("s3", keys_of(world.do("CreateAccessKey", UserName="bob")["AccessKey"]))
    denied = refusal(getattr(bob, operation), **BUCKET, **{member: same})
    assert (denied[0], f"s3:{action} " in denied[1]) == ("AccessDenied", True)


def test_what_needs_versions_or_an_archive_is_refused_as_without(s3):
    """S3 user guide, *Locking objects* and *Restoring an archived object*."""
    put(s3)
    key = {**BUCKET, "Key": "k"}
    lock = {"ObjectLockEnabled": "Enabled"}
    assert refusal(s3.put_object_lock_configuration, **BUCKET, ObjectLockConfiguration=lock) == (
        "InvalidBucketState",
        "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
        409,
    )
    code, message, status = refusal(s3.restore_object, **key, RestoreRequest={"Days": 1})
    assert (code, status) == ("InvalidObjectState", 403)
    assert message == "Restore is not allowed for the object's current storage class"
    for call, asked in (
        (s3.put_object_legal_hold, {"LegalHold": {"Status": "ON"}}),
        (s3.put_object_retention, {"Retention": {"Mode": "GOVERNANCE"}}),
    ):
        assert refusal(call, **key, **asked)[0] == "InvalidRequest"
        assert refusal(call, **{**key, "Key": "none"}, **asked)[0] == "NoSuchKey"


def test_every_object_has_one_version(s3):
    for key in ("a/1", "a/2", "b", "c", "d e"):
        put(s3, key)
    pages = list(
        s3.get_paginator("list_object_versions").paginate(
            **BUCKET, Delimiter="/", PaginationConfig={"PageSize": 2}
        )
    )
    versions = [one for page in pages for one in page.get("Versions", [])]
    assert [one["Key"] for one in versions] == ["b", "c", "d e"]
    assert {(one["VersionId"], one["IsLatest"]) for one in versions} == {("null", True)}
    assert [one["Prefix"] for page in pages for one in page.get("CommonPrefixes", [])] == ["a/"]
    assert (
        refusal(s3.list_object_versions, **BUCKET, VersionIdMarker="null")[0] == "InvalidArgument"
    )
    where = {**BUCKET, "Key": "b"}
    assert s3.get_object(**where, VersionId="null")["Body"].read()
    for call in (s3.get_object, s3.head_object, s3.delete_object, s3.get_object_tagging):
        assert refusal(call, **where, VersionId="1")[2] == 400
    many = {"Objects": [{"Key": "b", "VersionId": "1"}, {"Key": "c", "VersionId": "null"}]}
    done = s3.delete_objects(**BUCKET, Delete=many)
    assert [one["Key"] for one in done["Deleted"]] == ["c"]
    assert [one["Code"] for one in done["Errors"]] == ["InvalidArgument"]
    assert s3.delete_object(**where, VersionId="null")


@pytest.mark.parametrize(
    ("action", "may", "may_not"),
    [
        ("s3:GetObject", {}, {"VersionId": "null"}),
        ("s3:GetObjectVersion", {"VersionId": "null"}, {}),
    ],
)
def test_a_version_that_is_named_takes_an_action_of_its_own(world, s3, action, may, may_not):
    """S3 API reference, GetObject, Permissions; inferred for the other operations."""
    put(s3)
    deletion = action.replace("Get", "Delete")
    world.add_user("ann", allow(action, deletion))
    ann = Clients()("s3", keys_of(world.do("CreateAccessKey", UserName="ann")["AccessKey"]))
    where = {**BUCKET, "Key": "k"}
    assert ann.get_object(**where, **may)
    assert refusal(ann.get_object, **where, **may_not)[0] == "AccessDenied"
    source = "lesson-files/k" + "".join(f"?versionId={one}" for one in may_not.values())
    copying = {**BUCKET, "Key": "copy", "CopySource": source}
    assert refusal(ann.copy_object, **copying)[0] == "AccessDenied"
    assert refusal(ann.delete_object, **where, **may_not)[0] == "AccessDenied"
    assert ann.delete_object(**where, **may)


def test_regions_and_zones_are_those_of_aws(admin):
    ec2 = Clients()("ec2", admin, "eu-west-2")
    names = [one["RegionName"] for one in ec2.describe_regions()["Regions"]]
    assert len(names) == 17
    everywhere = ec2.describe_regions(AllRegions=True)["Regions"]
    assert {one["OptInStatus"] for one in everywhere} == {"opt-in-not-required", "not-opted-in"}
    (one,) = ec2.describe_regions(RegionNames=["us-east-1"])["Regions"]
    assert one["Endpoint"] == "ec2.us-east-1.amazonaws.com"
    code, message, _ = refusal(ec2.describe_regions, RegionNames=["us--east-1"])
    assert (code, message) == ("InvalidParameterValue", "Invalid region: [us--east-1]")
    zones = ec2.describe_availability_zones()["AvailabilityZones"]
    assert [(one["ZoneName"], one["ZoneId"]) for one in zones] == [
        ("eu-west-2a", "euw2-az1"),
        ("eu-west-2b", "euw2-az2"),
        ("eu-west-2c", "euw2-az3"),
    ]
    where = [{"Name": "zone-id", "Values": ["euw2-az2"]}]
    assert len(ec2.describe_availability_zones(Filters=where)["AvailabilityZones"]) == 1
    assert refusal(ec2.describe_availability_zones, ZoneNames=["us-east-1a"])[0] == (
        "InvalidParameterValue"
    )
