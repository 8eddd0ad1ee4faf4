"""Objects: put, read, deleted. All of it is data, which the event history does not show."""

from hashlib import md5
from typing import Any

from console.services.s3.attributes import Attributes, asked_attributes
from console.services.s3.conditions import ByteRange, byte_range, refuse_occupied, refuse_unmet
from console.services.s3.models import StoredObject
from console.services.s3.quotas import refuse_object
from console.services.s3.resolvers import LocatedObject, on_object_place, on_object_read
from iam.perform import Call, Params, Result, reads, writes
from iam.wire.errors import AwsError
from iam.wire.protocols.scalars import timestamp

_OVERRIDES = (
    "CacheControl",
    "ContentDisposition",
    "ContentEncoding",
    "ContentLanguage",
    "ContentType",
    "Expires",
)


def store(
    call: Call, located: LocatedObject, body: bytes, attributes: Attributes, etag: str = ""
) -> StoredObject:
    """Write an object in place of whatever had its key; raises EntityTooLarge."""
    sandbox = call.caller.sandbox
    refuse_object(sandbox, len(body), located.found)
    values = {
        **attributes.kept(),
        "body": body,
        "etag": etag or md5(body, usedforsecurity=False).hexdigest(),
        "size": len(body),
        "last_modified": call.caller.now.replace(microsecond=0),
        "owner_account_id": located.bucket.account.account_id,
        "by_service": False,
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
def put_object(call: Call, params: Params, located: LocatedObject) -> Result:
    """Store an object of at most 1 MiB."""
    refuse_occupied(params, located.found)
    stored = store(call, located, params.get("Body", b""), asked_attributes(params))
    return {"ETag": f'"{stored.etag}"', **stored.checksums}


def _shown(params: Params, found: StoredObject) -> tuple[dict[str, Any], ByteRange | None]:
    """Return an object's headers as the request wants them, and which part of it."""
    if params.get("VersionId", "null") != "null":
        message = "Invalid version id specified"
        raise AwsError("InvalidArgument", message, 400, ("VersionId",))
    refuse_unmet(params, found)
    head = found.head()
    if found.tags:
        head["TagCount"] = len(found.tags)
    if params.get("ChecksumMode") == "ENABLED" and "Range" not in params:
        head |= found.checksums
    span = byte_range(params.get("Range"), found.size)
    if span is not None:
        head |= {"ContentRange": span.header, "ContentLength": span.end - span.first}
    for name in _OVERRIDES:
        wanted = params.get(f"Response{name}")
        if wanted is not None:
            head[name] = wanted
    if isinstance(head.get("Expires"), str):
        head["Expires"] = timestamp(head["Expires"])
    return head, span


@reads("s3:GetObject", on=on_object_read, data_event=True)
def get_object(call: Call, params: Params, found: StoredObject) -> Result:
    """Return an object, or a part of it, with its content as bytes."""
    head, span = _shown(params, found)
    body = bytes(found.body)
    return {**head, "Body": body[span.first : span.end] if span else body}


@reads("s3:HeadObject", on=on_object_read, data_event=True)
def head_object(call: Call, params: Params, found: StoredObject) -> Result:
    return _shown(params, found)[0]
