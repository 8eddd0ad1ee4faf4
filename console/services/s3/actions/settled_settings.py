"""Writes of what no bucket here keeps, as far as they ask for what is so already.

What was never set up can be deleted: S3 answers 204, or that a configuration with an ID is not
there. What is the same for every bucket can be set to just that. Anything else is not offered.
"""

from collections.abc import Callable
from typing import Any

from console.services.s3.actions.absent_settings import (
    CONFIGURATIONS,
    NO_CONFIGURATION,
    NO_METADATA,
    refusal_of,
    unlocked,
)
from console.services.s3.models import Bucket, StoredObject
from console.services.s3.resolvers import LocatedObject, found_object, on_bucket, on_object_place
from iam.perform import Call, Params, writes
from iam.wire.errors import AwsError

_DELETIONS = {
    "DeleteBucketCors": "PutBucketCORS",
    "DeleteBucketEncryption": "PutEncryptionConfiguration",
    "DeleteBucketLifecycle": "PutLifecycleConfiguration",
    "DeleteBucketReplication": "PutReplicationConfiguration",
    "DeleteBucketWebsite": "DeleteBucketWebsite",
}
_MISSING = {
    f"DeleteBucket{kind}Configuration": (f"Put{kind}Configuration", *NO_CONFIGURATION)
    for kind in CONFIGURATIONS
} | {
    f"DeleteBucket{kind}Configuration": ("DeleteBucketMetadataTableConfiguration", *NO_METADATA)
    for kind in ("Metadata", "MetadataTable")
}
_ENCRYPTED = ({"SSEAlgorithm": "AES256"}, False)
Settled = Callable[[Any], bool]


def _default_encryption(asked: Any) -> bool:
    """Return whether the one rule asks for AES256, without a key of AWS KMS."""
    return [
        (one.get("ApplyServerSideEncryptionByDefault"), one.get("BucketKeyEnabled", False))
        for one in asked.get("Rules", ())
        if not one.keys() - {"ApplyServerSideEncryptionByDefault", "BucketKeyEnabled"}
    ] == [_ENCRYPTED]


_SETTLED: dict[str, tuple[str, str, Settled]] = {
    "PutBucketAbac": (
        "PutBucketAbac",
        "AbacStatus",
        lambda asked: asked == {"Status": "Disabled"},
    ),
    "PutBucketEncryption": (
        "PutEncryptionConfiguration",
        "ServerSideEncryptionConfiguration",
        _default_encryption,
    ),
    "PutBucketLogging": ("PutBucketLogging", "BucketLoggingStatus", lambda asked: not asked),
    "PutBucketNotificationConfiguration": (
        "PutBucketNotification",
        "NotificationConfiguration",
        lambda asked: "EventBridgeConfiguration" not in asked and not any(asked.values()),
    ),
    "PutBucketRequestPayment": (
        "PutBucketRequestPayment",
        "RequestPaymentConfiguration",
        lambda asked: asked == {"Payer": "BucketOwner"},
    ),
}


def _change_nothing(call: Call, params: Params, bucket: Any) -> None:
    """Leave the bucket as it is, which is what was asked for."""


def _if_settled(
    operation: str, member: str, settled: Settled
) -> Callable[[Call, Params, Bucket], Bucket]:
    def prepared(call: Call, params: Params, bucket: Bucket) -> Bucket:
        if not settled(params[member]):
            message = f"Rolecall does not offer s3:{operation} with another setting than it has."
            raise AwsError("NotImplemented", message, 501)
        return bucket

    return prepared


for _operation, _action in _DELETIONS.items():
    writes(f"s3:{_operation}", on=on_bucket(f"s3:{_action}"))(_change_nothing)
for _operation, (_action, _code, _message) in _MISSING.items():
    _prepare = refusal_of(_code, _message)
    writes(f"s3:{_operation}", on=on_bucket(f"s3:{_action}"), prepare=_prepare)(_change_nothing)
for _operation, (_action, _member, _settled) in _SETTLED.items():
    _kept = _if_settled(_operation, _member, _settled)
    writes(f"s3:{_operation}", on=on_bucket(f"s3:{_action}"), prepare=_kept)(_change_nothing)


def without_versions(call: Call, params: Params, bucket: Bucket) -> Any:
    """Refuse Object Lock: it needs versioning, which no bucket here has."""
    message = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"
    raise AwsError("InvalidBucketState", message, 409)


def not_archived(call: Call, params: Params, located: LocatedObject) -> StoredObject:
    """Refuse to restore an object: all are of the class STANDARD."""
    found_object(call, params, located)
    message = "Restore is not allowed for the object's current storage class"
    raise AwsError("InvalidObjectState", message, 403)


writes(
    "s3:PutObjectLockConfiguration",
    on=on_bucket("s3:PutBucketObjectLockConfiguration"),
    prepare=without_versions,
)(_change_nothing)
for _operation, _prepared in (
    ("PutObjectLegalHold", unlocked),
    ("PutObjectRetention", unlocked),
    ("RestoreObject", not_archived),
):
    _on = on_object_place(f"s3:{_operation}")
    writes(f"s3:{_operation}", on=_on, prepare=_prepared)(_change_nothing)
