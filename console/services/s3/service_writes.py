"""Objects that an AWS service writes into a bucket, if the bucket's policy allows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5

from django.db.models import Sum

from console.services.s3.errors import too_large
from console.services.s3.models import Bucket, StoredObject
from console.services.s3.quotas import MAX_OBJECT_BYTES, MAX_SANDBOX_BYTES
from console.services.s3.resolvers import check_on
from iam.authorization import authorize
from iam.callers import Caller, Origin, Visit, service_caller
from iam.models import Sandbox
from iam.perform import Call
from iam.wire.errors import AwsError


@dataclass(frozen=True)
class Sender:
    """A service that writes on behalf of one resource of an account."""

    sandbox: Sandbox
    service: str
    source_arn: str
    account_id: str
    origin: Origin

    def caller(self) -> Caller:
        return service_caller(self.service, self.sandbox, "", self.origin, Visit())


def refusal(sender: Sender, bucket: Bucket, action: str, key: str | None = None) -> AwsError | None:
    """Return S3's error if the bucket's policy does not allow the service."""
    context = {
        "aws:SourceArn": sender.source_arn,
        "aws:SourceAccount": sender.account_id,
        "aws:PrincipalServiceName": sender.service,
    }
    if action == "s3:PutObject":
        context["s3:x-amz-acl"] = "bucket-owner-full-control"
    caller = sender.caller()
    check = check_on(
        Call(caller, action, {}), action, bucket.name, bucket, key=key, context=context
    )
    if bucket.policy is None or not authorize(caller, check).allowed:
        return AwsError("AccessDenied", "Access Denied", 403)
    return None


def write(
    sender: Sender, bucket: Bucket, key: str, body: bytes, at: datetime, headers: Mapping[str, str]
) -> None:
    """Write an object outside a student's quota; raises AccessDenied and EntityTooLarge."""
    denied = refusal(sender, bucket, "s3:PutObject", key)
    if denied is not None:
        raise denied
    held = StoredObject.in_sandbox(sender.sandbox).filter(by_service=True)
    written = held.aggregate(bytes=Sum("size", default=0))["bytes"]
    if len(body) > MAX_OBJECT_BYTES or written + len(body) > MAX_SANDBOX_BYTES:
        raise too_large("The log files of this sandbox together hold at most 16 MiB.")
    values = {
        "body": body,
        "etag": md5(body, usedforsecurity=False).hexdigest(),
        "size": len(body),
        "last_modified": at.replace(microsecond=0),
        "owner_account_id": bucket.account.account_id,
        "content_type": headers["ContentType"],
        "headers": {"ContentEncoding": headers["ContentEncoding"]},
        "by_service": True,
    }
    StoredObject.add(sender.sandbox, bucket=bucket, key=key, **values)
