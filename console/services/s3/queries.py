"""Buckets and objects by name, in one sandbox."""

from console.services.s3.models import Bucket, StoredObject
from console.services.s3.names import is_bucket_name
from iam.models import Sandbox


def find_bucket(sandbox: Sandbox, name: str) -> Bucket | None:
    """Return a bucket with its account and policy, whichever account owns it."""
    if not is_bucket_name(name):
        return None
    rows = Bucket.in_sandbox(sandbox).select_related("account", "policy")
    found: Bucket | None = rows.filter(name=name).first()
    if found is not None:
        found.sandbox = sandbox
    return found


def tagged_objects(bucket: Bucket) -> dict[str, StoredObject]:
    """Return the objects of a bucket that have tags, by key."""
    rows = StoredObject.in_sandbox(bucket.sandbox).filter(bucket=bucket).exclude(tags={})
    return {found.key: found for found in rows.only("key", "tags")}


def find_object(bucket: Bucket, key: str) -> StoredObject | None:
    """Return an object without its content, which is loaded only when it is read."""
    rows = StoredObject.in_sandbox(bucket.sandbox).filter(bucket=bucket, key=key)
    found: StoredObject | None = rows.defer("body").first()
    if found is not None:
        found.bucket, found.sandbox = bucket, bucket.sandbox
    return found
