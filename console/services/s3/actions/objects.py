"""Objects: put, read, deleted. All of it is data, which the event history does not show."""

from hashlib import md5

from console.services.s3.models import StoredObject
from console.services.s3.quotas import refuse_object
from console.services.s3.resolving import Located, on_object_place, on_object_read
from iam.perform import Call, Params, Result, reads, writes
from iam.wire.errors import AwsError

_OWNERS_ACLS = {"private", "bucket-owner-full-control", "bucket-owner-read"}
_DEFAULT_TYPE = "binary/octet-stream"


def refuse_acl(params: Params) -> None:
    """Raise if the request sets an ACL: buckets here are all BucketOwnerEnforced."""
    if params.get("ACL", "private") not in _OWNERS_ACLS:
        raise AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs")


def _refuse_present(params: Params, located: Located) -> None:
    if params.get("IfNoneMatch") == "*" and located.found is not None:
        message = "At least one of the pre-conditions you specified did not hold"
        raise AwsError("PreconditionFailed", message, 412)


def store(
    call: Call, located: Located, body: bytes, content_type: str, metadata: dict[str, str]
) -> StoredObject:
    """Write an object in place of whatever had its key; raises EntityTooLarge."""
    sandbox = call.caller.sandbox
    refuse_object(sandbox, len(body), located.found)
    values = {
        "body": body,
        "content_type": content_type[:255],
        "metadata": metadata,
        "etag": md5(body, usedforsecurity=False).hexdigest(),
        "size": len(body),
        "last_modified": call.caller.now.replace(microsecond=0),
        "owner_account_id": located.bucket.account.account_id,
    }
    stored: StoredObject
    stored, _ = StoredObject.in_sandbox(sandbox).update_or_create(
        bucket=located.bucket,
        key=located.key,
        defaults=values,
        create_defaults={**values, "sandbox": sandbox},
    )
    return stored


@writes("s3:PutObject", on=on_object_place("s3:PutObject"), data_event=True)
def put_object(call: Call, params: Params, located: Located) -> Result:
    """Store an object of at most 1 MiB."""
    refuse_acl(params)
    _refuse_present(params, located)
    body: bytes = params.get("Body", b"")
    content_type = params.get("ContentType") or _DEFAULT_TYPE
    stored = store(call, located, body, content_type, dict(params.get("Metadata", {})))
    return {"ETag": f'"{stored.etag}"'}


@reads("s3:GetObject", on=on_object_read, data_event=True)
def get_object(call: Call, params: Params, found: StoredObject) -> Result:
    """Return an object with its content as bytes."""
    return {**found.head(), "Body": bytes(found.body)}


@reads("s3:HeadObject", on=on_object_read, data_event=True)
def head_object(call: Call, params: Params, found: StoredObject) -> Result:
    """Return all of an object but its content."""
    return found.head()


@writes("s3:DeleteObject", on=on_object_place("s3:DeleteObject"), data_event=True)
def delete_object(call: Call, params: Params, located: Located) -> None:
    """Delete an object; to delete what is not there succeeds, as on AWS."""
    if located.found is not None:
        located.found.delete()
