"""The policy that CloudTrail's console puts on a bucket that it creates for a trail."""

import json
from typing import Any

from iam.arns import bucket_arn, object_arn

SERVICE = {"Service": "cloudtrail.amazonaws.com"}


def log_bucket_policy(bucket: str, prefix: str, account_id: str, trail_arn: str) -> str:
    """Return a policy that lets CloudTrail read the bucket's ACL and write one trail's files."""
    source = {"aws:SourceArn": trail_arn}
    folder = f"{prefix}/AWSLogs" if prefix else "AWSLogs"
    acl_check: dict[str, Any] = {
        "Sid": "AWSCloudTrailAclCheck20150319",
        "Effect": "Allow",
        "Principal": SERVICE,
        "Action": "s3:GetBucketAcl",
        "Resource": bucket_arn(bucket),
        "Condition": {"StringEquals": source},
    }
    write: dict[str, Any] = {
        "Sid": "AWSCloudTrailWrite20150319",
        "Effect": "Allow",
        "Principal": SERVICE,
        "Action": "s3:PutObject",
        "Resource": object_arn(bucket, f"{folder}/{account_id}/*"),
        "Condition": {"StringEquals": {**source, "s3:x-amz-acl": "bucket-owner-full-control"}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [acl_check, write]}, indent=4)
