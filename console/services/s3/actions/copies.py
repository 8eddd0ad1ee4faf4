"""One object copied to another place: read there, written here, each with its own check."""

from urllib.parse import unquote

from console.services.s3.actions.objects import refuse_acl, store
from console.services.s3.models import StoredObject
from console.services.s3.names import refuse_key
from console.services.s3.queries import find_bucket, find_object
from console.services.s3.resolving import (
    Located,
    also_in,
    check_on,
    missing_of,
    object_resources,
    reading_of,
)
from iam.perform import Call, Params, Resolved, Result, writes
from iam.wire.errors import AwsError


def _source(params: Params) -> tuple[str, str]:
    """Return the bucket and the key that `CopySource` names, URL-encoded, without a version."""
    path = params["CopySource"].removeprefix("/").partition("?versionId=")[0]
    bucket, _, key = unquote(path).partition("/")
    if not bucket or not key:
        message = "Copy Source must mention the source bucket and key: sourcebucket/sourcekey"
        raise AwsError("InvalidArgument", message, 400, ("CopySource",))
    return bucket, key


def on_copy(call: Call, params: Params) -> Resolved:
    """Resolve a copy: GetObject on the source, PutObject on the destination."""
    source_name, source_key = _source(params)
    name, key = params["Bucket"], params["Key"]
    refuse_key(key)
    reading = reading_of(call, source_name, source_key)
    bucket = find_bucket(call.caller.sandbox, name)
    context = {"s3:x-amz-copy-source": f"{source_name}/{source_key}"}
    writing = check_on(call, "s3:PutObject", name, bucket, key=key, context=context)
    located = Located(bucket, key, find_object(bucket, key)) if bucket else None
    return Resolved(
        checks=(*reading.checks, writing),
        subject=(reading.found, located),
        missing=reading.missing or missing_of(bucket, params),
        resources=object_resources(name, key),
        also_in=also_in(bucket) + also_in(reading.bucket),
    )


def _refuse_onto_itself(params: Params, source: StoredObject, target: Located) -> None:
    same = target.found is not None and target.found.pk == source.pk
    if same and params.get("MetadataDirective") != "REPLACE":
        raise AwsError(
            "InvalidRequest",
            "This copy request is illegal because it is trying to copy an object to itself without "
            "changing the object's metadata, storage class, website redirect location or "
            "encryption attributes.",
        )


@writes("s3:CopyObject", on=on_copy, data_event=True)
def copy_object(call: Call, params: Params, subject: tuple[StoredObject, Located]) -> Result:
    """Copy an object, with its metadata unless the request replaces them."""
    source, target = subject
    refuse_acl(params)
    _refuse_onto_itself(params, source, target)
    content_type, metadata = source.content_type, source.metadata
    if params.get("MetadataDirective") == "REPLACE":
        content_type = params.get("ContentType") or "binary/octet-stream"
        metadata = dict(params.get("Metadata", {}))
    stored = store(call, target, bytes(source.body), content_type, metadata)
    return {"CopyObjectResult": {"ETag": f'"{stored.etag}"', "LastModified": stored.last_modified}}
