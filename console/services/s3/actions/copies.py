"""Copying an object: a read and a write, each with its own check."""

from dataclasses import dataclass, replace
from urllib.parse import unquote

from console.services.s3.actions.objects import store
from console.services.s3.attributes import Attributes, asked_attributes, attributes_of
from console.services.s3.conditions import COPY, refuse_unmet
from console.services.s3.models import ENCRYPTED, StoredObject
from console.services.s3.names import refuse_key
from console.services.s3.queries import find_object
from console.services.s3.request_keys import writing_keys
from console.services.s3.resolvers import (
    LocatedObject,
    ObjectRead,
    also_in,
    bucket_named,
    check_on,
    missing_of,
    object_resources,
    reading_of,
)
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, writes
from iam.wire.errors import AwsError


def copy_source(params: Params) -> tuple[str, str, str | None]:
    """Return the bucket, the key and the version, if any, that `CopySource` names, URL-encoded."""
    path, has_version, version = params["CopySource"].partition("?versionId=")
    bucket, _, key = unquote(path).removeprefix("/").partition("/")
    if not bucket or not key:
        message = "Copy Source must mention the source bucket and key: sourcebucket/sourcekey"
        raise AwsError("InvalidArgument", message, 400, ("CopySource",))
    return bucket, key, version if has_version else None


def _tagging_checks(
    call: Call, params: Params, reading: ObjectRead, located: LocatedObject | None
) -> tuple[PermissionCheck, ...]:
    """Return the checks for copying the source's tags."""
    source, target = reading.found, located
    if source is None or not source.tags or target is None or not _keeps_tags(params):
        return ()
    source_bucket, name = source.bucket.name, target.bucket.name
    get, put = "s3:GetObjectTagging", "s3:PutObjectTagging"
    return (
        check_on(call, get, source_bucket, source.bucket, key=source.key),
        check_on(call, put, name, target.bucket, key=target.key),
    )


def _keeps_tags(params: Params) -> bool:
    directive: str = params.get("TaggingDirective", "COPY")
    return directive == "COPY"


def on_copy(call: Call, params: Params) -> Resolution:
    """Resolve a copy: GetObject on the source, PutObject on the destination."""
    source_name, source_key, version = copy_source(params)
    name, key = params["Bucket"], params["Key"]
    refuse_key(key)
    reading = reading_of(call, source_name, source_key, version)
    bucket = bucket_named(call, name)
    context = {
        "s3:x-amz-copy-source": f"{source_name}/{source_key}",
        **writing_keys(call, params),
    }
    writing = check_on(call, "s3:PutObject", name, bucket, key=key, context=context)
    located = LocatedObject(bucket, key, find_object(bucket, key)) if bucket else None
    return Resolution(
        checks=(*reading.checks, writing, *_tagging_checks(call, params, reading, located)),
        subject=(reading.found, located),
        missing=reading.missing or missing_of(bucket, params),
        resources=object_resources(name, key),
        also_in=also_in(bucket) + also_in(reading.bucket),
    )


def _refuse_onto_itself(params: Params, source: StoredObject, target: LocatedObject) -> None:
    same = target.found is not None and target.found.pk == source.pk
    if same and params.get("MetadataDirective") != "REPLACE":
        raise AwsError(
            "InvalidRequest",
            "This copy request is illegal because it is trying to copy an object to itself without "
            "changing the object's metadata, storage class, website redirect location or "
            "encryption attributes.",
        )


def _attributes(params: Params, source: StoredObject) -> Attributes:
    """Return the attributes of the copy: the source's, except those that are replaced."""
    asked, own = asked_attributes(params), attributes_of(source)
    kept = own if params.get("MetadataDirective", "COPY") == "COPY" else asked
    tags = own.tags if _keeps_tags(params) else asked.tags
    return replace(kept, tags=tags, checksums=own.checksums)


@dataclass(frozen=True)
class ObjectCopy:
    """A copy: its source, its target, and its attributes."""

    source: StoredObject
    target: LocatedObject
    attributes: Attributes


def new_copy(call: Call, params: Params, subject: tuple[StoredObject, LocatedObject]) -> ObjectCopy:
    """Return the requested copy; raises AwsError if its conditions are not met."""
    source, target = subject
    refuse_unmet(params, source, COPY)
    _refuse_onto_itself(params, source, target)
    return ObjectCopy(source, target, _attributes(params, source))


@writes("s3:CopyObject", on=on_copy, prepare=new_copy, data_event=True)
def copy_object(call: Call, params: Params, copy: ObjectCopy) -> Result:
    """Copy an object, with its metadata unless the request replaces them."""
    stored = store(call, copy.target, bytes(copy.source.body), copy.attributes)
    return {
        "CopyObjectResult": {"ETag": f'"{stored.etag}"', "LastModified": stored.last_modified},
        **ENCRYPTED,
    }
