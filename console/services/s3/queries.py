"""Buckets and objects by name, in one sandbox."""

from django.db.models import QuerySet

from console.services.s3.models import Bucket, StoredObject
from console.services.s3.names import is_bucket_name
from iam.models import Sandbox
from iam.models.prepared_queries import Prepared


def _named(sandbox: int, name: str) -> QuerySet[Bucket]:
    rows: QuerySet[Bucket] = Bucket.in_sandbox(Sandbox(pk=sandbox)).filter(name=name)
    return rows.select_related("account", "policy")


def _tagged(sandbox: int, bucket: int) -> QuerySet[StoredObject]:
    rows: QuerySet[StoredObject] = StoredObject.in_sandbox(Sandbox(pk=sandbox))
    return rows.filter(bucket=bucket).exclude(tags={}).only("key", "tags")


def _keyed(sandbox: int, bucket: int, key: str) -> QuerySet[StoredObject]:
    rows: QuerySet[StoredObject] = StoredObject.in_sandbox(Sandbox(pk=sandbox))
    return rows.filter(bucket=bucket, key=key).defer("body").order_by()


def _body(sandbox: int, pk: int) -> QuerySet[StoredObject]:
    rows: QuerySet[StoredObject] = StoredObject.in_sandbox(Sandbox(pk=sandbox)).filter(pk=pk)
    return rows.only("body").order_by()


_NAMED, _TAGGED = Prepared(_named), Prepared(_tagged)
_KEYED, _BODY = Prepared(_keyed), Prepared(_body)


def find_bucket(sandbox: Sandbox, name: str) -> Bucket | None:
    """Return a bucket with its account and policy, whichever account owns it."""
    if not is_bucket_name(name):
        return None
    found = _NAMED.first(sandbox.pk, name)
    if found is not None:
        found.sandbox = sandbox
    return found


def tagged_objects(bucket: Bucket) -> dict[str, StoredObject]:
    """Return the objects of a bucket that have tags, by key."""
    return {found.key: found for found in _TAGGED.rows(bucket.sandbox_id, bucket.pk)}


def find_object(bucket: Bucket, key: str) -> StoredObject | None:
    """Return an object without its content, which is loaded only when it is read."""
    found = _KEYED.first(bucket.sandbox_id, bucket.pk, key) if "\0" not in key else None
    if found is not None:
        found.bucket, found.sandbox = bucket, bucket.sandbox
    return found


def content_of(found: StoredObject) -> bytes:
    read = _BODY.first(found.sandbox_id, found.pk)
    return bytes(read.body) if read else b""
