"""Putting and reading objects: data events, which the event history does not show."""

from dataclasses import dataclass
from hashlib import md5
from typing import Any

from console.services.s3.attributes import Attributes, asked_attributes
from console.services.s3.conditions import ByteRange, byte_range, refuse_occupied, refuse_unmet
from console.services.s3.models import ENCRYPTED, StoredObject
from console.services.s3.queries import content_of
from console.services.s3.quotas import refuse_object
from console.services.s3.resolvers import LocatedObject, on_object_place, on_object_read
from iam.perform import Call, Params, Result, reads, writes
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
    """Store or replace an object; raises EntityTooLarge."""
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


def new_object(
    call: Call, params: Params, located: LocatedObject
) -> tuple[LocatedObject, Attributes]:
    """Return the place and the attributes of a new object; raises AwsError if S3 refuses them."""
    refuse_occupied(params, located.found)
    return located, asked_attributes(params)


@writes("s3:PutObject", on=on_object_place("s3:PutObject"), prepare=new_object, data_event=True)
def put_object(call: Call, params: Params, prepared: tuple[LocatedObject, Attributes]) -> Result:
    """Store an object of at most 1 MiB."""
    located, attributes = prepared
    stored = store(call, located, params.get("Body", b""), attributes)
    return {"ETag": f'"{stored.etag}"', **stored.checksums, **ENCRYPTED}


@dataclass(frozen=True)
class ObjectPart:
    """A requested object with its headers, and the requested range if any."""

    found: StoredObject
    head: dict[str, Any]
    span: ByteRange | None


def asked_part(call: Call, params: Params, found: StoredObject) -> ObjectPart:
    """Return the requested part of an object; raises AwsError if the conditions are not met."""
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
    return ObjectPart(found, head, span)


@reads("s3:GetObject", on=on_object_read, prepare=asked_part, data_event=True)
def get_object(call: Call, params: Params, asked: ObjectPart) -> Result:
    body, span = content_of(asked.found), asked.span
    return {**asked.head, "Body": body[span.first : span.end] if span else body}


@reads("s3:HeadObject", on=on_object_read, prepare=asked_part, data_event=True)
def head_object(call: Call, params: Params, asked: ObjectPart) -> Result:
    return asked.head
