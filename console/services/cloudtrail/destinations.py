"""The bucket of a trail, and whether its policy allows CloudTrail to write."""

from datetime import datetime

from console.services.cloudtrail.models import Trail
from console.services.s3.models import Bucket
from console.services.s3.queries import find_bucket
from console.services.s3.service_writes import Sender, refusal
from iam.callers import Origin
from iam.wire.errors import AwsError

SERVICE = "cloudtrail.amazonaws.com"
_LONGEST_PREFIX = 200


def sender_of(trail: Trail, at: datetime) -> Sender:
    """Return CloudTrail as the sender for a trail, at a time of the sandbox's clock."""
    return Sender(
        sandbox=trail.sandbox,
        service=SERVICE,
        source_arn=trail.arn,
        account_id=trail.account.account_id,
        origin=Origin(
            received_at=at - trail.sandbox.clock_offset,
            source_ip=SERVICE,
            user_agent=SERVICE,
            region=trail.home_region,
            recorded_as=SERVICE,
        ),
    )


def bucket_of(trail: Trail, at: datetime) -> Bucket:
    """Return a trail's bucket; raises NoSuchBucket or AccessDenied as S3 does to CloudTrail."""
    bucket = find_bucket(trail.sandbox, trail.bucket_name)
    if bucket is None:
        raise AwsError("NoSuchBucket", "The specified bucket does not exist", 404)
    denied = refusal(sender_of(trail, at), bucket, "s3:GetBucketAcl")
    if denied is not None:
        raise denied
    return bucket


def refuse_prefix(prefix: str) -> None:
    """Raise CloudTrail's error for a prefix that is too long."""
    if len(prefix) > _LONGEST_PREFIX:
        message = "The S3 key prefix is longer than 200 characters."
        raise AwsError("InvalidS3PrefixException", message, members=("S3KeyPrefix",))


def refuse_destination(trail: Trail, at: datetime) -> None:
    """Raise CloudTrail's error for a bucket that it cannot write a trail's log files to."""
    if not trail.bucket_name:
        message = "Bucket name cannot be blank!"
        raise AwsError("InvalidS3BucketNameException", message, members=("S3BucketName",))
    refuse_prefix(trail.prefix)
    bucket = find_bucket(trail.sandbox, trail.bucket_name)
    if bucket is None:
        message = f"S3 bucket {trail.bucket_name} does not exist!"
        raise AwsError("S3BucketDoesNotExistException", message, members=("S3BucketName",))
    sender = sender_of(trail, at)
    prefix = f"{trail.prefix}/" if trail.prefix else ""
    key = f"{prefix}AWSLogs/{trail.account.account_id}/CloudTrail/{trail.home_region}/test"
    if refusal(sender, bucket, "s3:GetBucketAcl") or refusal(sender, bucket, "s3:PutObject", key):
        message = f"Incorrect S3 bucket policy is detected for bucket: {trail.bucket_name}"
        raise AwsError("InsufficientS3BucketPolicyException", message, members=("S3BucketName",))
