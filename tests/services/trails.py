"""A trail with its bucket, and what it delivered, for the tests of trails."""

import gzip
import json
from datetime import timedelta
from typing import Any

from iam.perform import perform
from iam.trail import end_visit
from tests.services.cast import NOW, OWN, Cast

ARN = f"arn:aws:cloudtrail:us-east-1:{OWN}:trail/all"
MINUTES = timedelta(minutes=1)


def log_policy(bucket: str = "logs", arn: str = ARN) -> str:
    """Return the bucket policy that CloudTrail's console writes."""
    service = {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}}
    source = {"aws:SourceArn": arn}
    acl = {**service, "Action": "s3:GetBucketAcl", "Resource": f"arn:aws:s3:::{bucket}"}
    put = {
        **service,
        "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::{bucket}/AWSLogs/{OWN}/*",
        "Condition": {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control", **source}},
    }
    acl["Condition"] = {"StringEquals": source}
    return json.dumps({"Version": "2012-10-17", "Statement": [acl, put]})


def do(cast: Cast, operation: str, at: timedelta = timedelta(), **params: Any) -> dict[str, Any]:
    """Perform an operation as root, some time after the cast's noon, in a visit of its own."""
    cast.sandbox.refresh_from_db()
    root = cast.root(at=NOW + at)
    try:
        return perform(root, operation, params)
    finally:
        end_visit(root.visit)


def trail(cast: Cast, **params: Any) -> None:
    """Make a bucket and a trail `all` that logs into it."""
    cast.bucket("logs")
    do(cast, "s3:PutBucketPolicy", Bucket="logs", Policy=log_policy())
    do(cast, "cloudtrail:CreateTrail", Name="all", S3BucketName="logs", **params)
    do(cast, "cloudtrail:StartLogging", Name="all")


def files(cast: Cast, at: timedelta) -> dict[str, list[dict[str, Any]]]:
    """Return the records of the log files that are there at a time, by key."""
    listed = do(cast, "s3:ListObjectsV2", at, Bucket="logs").get("Contents", [])
    bodies = {
        one["Key"]: do(cast, "s3:GetObject", at, Bucket="logs", Key=one["Key"])["Body"]
        for one in listed
    }
    return {key: json.loads(gzip.decompress(body))["Records"] for key, body in bodies.items()}


def delivered(cast: Cast, at: timedelta) -> list[str]:
    return [record["eventName"] for records in files(cast, at).values() for record in records]
