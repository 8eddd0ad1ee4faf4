"""What no bucket here has: S3's answer where it was never set up.

Each operation is allowed by an action that often has another name (Service Authorization Reference,
S3). The errors are those of the API reference.
"""

from collections.abc import Callable
from typing import Any

from console.services.s3.errors import no_object_lock
from console.services.s3.models import Bucket
from console.services.s3.resolvers import (
    LocatedObject,
    found_object,
    on_bucket,
    on_object_place,
)
from iam.perform import Call, Params, Result, reads
from iam.wire.errors import AwsError

_ENCRYPTED: Result = {
    "ServerSideEncryptionConfiguration": {
        "Rules": [
            {
                "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
                "BucketKeyEnabled": False,
            }
        ]
    }
}
_ANSWERS: dict[str, tuple[str, Result]] = {
    "GetBucketAbac": ("GetBucketAbac", {"AbacStatus": {"Status": "Disabled"}}),
    "GetBucketAccelerateConfiguration": ("GetAccelerateConfiguration", {}),
    "GetBucketEncryption": ("GetEncryptionConfiguration", _ENCRYPTED),
    "GetBucketLogging": ("GetBucketLogging", {}),
    "GetBucketNotificationConfiguration": ("GetBucketNotification", {}),
    "GetBucketRequestPayment": ("GetBucketRequestPayment", {"Payer": "BucketOwner"}),
}
CONFIGURATIONS = ("Analytics", "IntelligentTiering", "Inventory", "Metrics")
"""Kinds of which a bucket may have several, each with an ID."""
NO_CONFIGURATION = ("NoSuchConfiguration", "The specified configuration does not exist.")
# The code is S3's, the sentence inferred.
NO_METADATA = ("MetadataConfigurationNotFound", "The metadata configuration does not exist")
_REFUSALS = {
    "GetBucketCors": (
        "GetBucketCORS",
        "NoSuchCORSConfiguration",
        "The CORS configuration does not exist",
    ),
    "GetBucketLifecycleConfiguration": (
        "GetLifecycleConfiguration",
        "NoSuchLifecycleConfiguration",
        "The lifecycle configuration does not exist",
    ),
    "GetBucketReplication": (
        "GetReplicationConfiguration",
        "ReplicationConfigurationNotFoundError",
        "The replication configuration was not found",
    ),
    "GetBucketWebsite": (
        "GetBucketWebsite",
        "NoSuchWebsiteConfiguration",
        "The specified bucket does not have a website configuration",
    ),
    "GetObjectLockConfiguration": (
        "GetBucketObjectLockConfiguration",
        "ObjectLockConfigurationNotFoundError",
        "Object Lock configuration does not exist for this bucket",
    ),
}
for _operation in ("GetBucketMetadataConfiguration", "GetBucketMetadataTableConfiguration"):
    _REFUSALS[_operation] = ("GetBucketMetadataTableConfiguration", *NO_METADATA)
for _kind in CONFIGURATIONS:
    _allowed = f"Get{_kind}Configuration"
    _ANSWERS[f"ListBucket{_kind}Configurations"] = (_allowed, {"IsTruncated": False})
    _REFUSALS[f"GetBucket{_kind}Configuration"] = (
        _allowed,
        *NO_CONFIGURATION,
    )


def _constant(result: Result) -> Callable[[Call, Params, Any], Result]:
    def answer(call: Call, params: Params, subject: Any) -> Result:
        return result

    return answer


def refusal_of(code: str, message: str) -> Callable[[Call, Params, Bucket], Any]:
    def refuse(call: Call, params: Params, bucket: Bucket) -> Any:
        raise AwsError(code, message, 404)

    return refuse


for _operation, (_action, _result) in _ANSWERS.items():
    reads(f"s3:{_operation}", on=on_bucket(f"s3:{_action}"))(_constant(_result))
for _operation, (_action, _code, _message) in _REFUSALS.items():
    _missing = refusal_of(_code, _message)
    reads(f"s3:{_operation}", on=on_bucket(f"s3:{_action}"), prepare=_missing)(_constant({}))


def unlocked(call: Call, params: Params, located: LocatedObject) -> Any:
    """Refuse what an object has only in a bucket with Object Lock."""
    found_object(call, params, located)
    raise no_object_lock()


for _operation in ("GetObjectLegalHold", "GetObjectRetention"):
    _on = on_object_place(f"s3:{_operation}")
    reads(f"s3:{_operation}", on=_on, prepare=unlocked)(_constant({}))
