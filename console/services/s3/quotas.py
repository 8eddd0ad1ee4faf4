"""The quotas of a sandbox."""

from django.db.models import Count, Sum

from console.services.s3.errors import too_large
from console.services.s3.models import Bucket, Part, StoredObject
from iam.models import Account, Sandbox
from iam.wire.errors import AwsError

MAX_OBJECT_BYTES = 1024 * 1024
MAX_SANDBOX_BYTES = 16 * 1024 * 1024
MAX_SANDBOX_OBJECTS = 5000
MAX_BUCKETS = 100

_TOO_LARGE = "Your proposed upload exceeds the maximum allowed size"


def refuse_object(sandbox: Sandbox, size: int, replaced: StoredObject | None) -> None:
    """Raise EntityTooLarge if an object of this size would go over a quota."""
    if size > MAX_OBJECT_BYTES:
        raise too_large(f"{_TOO_LARGE}: here an object holds at most 1 MiB.")
    others = StoredObject.in_sandbox(sandbox).filter(by_service=False)
    if replaced is not None:
        others = others.exclude(pk=replaced.pk)
    held = others.aggregate(bytes=Sum("size", default=0), objects=Count("pk"))
    _refuse_total(sandbox, held["bytes"] + size)
    if held["objects"] >= MAX_SANDBOX_OBJECTS:
        raise too_large(f"{_TOO_LARGE}: all buckets here together hold at most 5,000 objects.")


def refuse_part(sandbox: Sandbox, size: int) -> None:
    """Raise EntityTooLarge if a part of this size would go over a quota; parts count as objects."""
    if size > MAX_OBJECT_BYTES:
        raise too_large(f"{_TOO_LARGE}: here an object holds at most 1 MiB, and so does a part.")
    counted = StoredObject.in_sandbox(sandbox).filter(by_service=False)
    held = counted.aggregate(bytes=Sum("size", default=0))
    _refuse_total(sandbox, held["bytes"] + size)


def _refuse_total(sandbox: Sandbox, stored: int) -> None:
    parts = Part.in_sandbox(sandbox).aggregate(bytes=Sum("size", default=0))
    if stored + parts["bytes"] > MAX_SANDBOX_BYTES:
        raise too_large(f"{_TOO_LARGE}: all buckets here together hold at most 16 MiB.")


def refuse_bucket(account: Account) -> None:
    """Raise TooManyBuckets if the account has reached its quota of buckets."""
    buckets = Bucket.in_sandbox(account.sandbox).filter(account=account)
    if buckets.count() >= MAX_BUCKETS:
        message = "You have attempted to create more buckets than allowed"
        raise AwsError("TooManyBuckets", message, 400)
