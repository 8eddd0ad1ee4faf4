"""Copying an existing object into a part of an upload."""

from dataclasses import replace

from console.services.s3.actions.copies import copy_source
from console.services.s3.actions.multipart import keep_part, refuse_number
from console.services.s3.conditions import COPY, byte_range, refuse_unmet
from console.services.s3.models import ENCRYPTED, StoredObject
from console.services.s3.resolvers import also_in, reading_of
from console.services.s3.uploads import OpenUpload, on_upload
from iam.perform import Call, Params, Resolution, Result, writes

_on_upload = on_upload("s3:PutObject")


def on_part_copy(call: Call, params: Params) -> Resolution:
    """Resolve a copy into a part: GetObject on the source, PutObject on the upload's object."""
    reading = reading_of(call, *copy_source(params))
    resolved = _on_upload(call, params)
    return replace(
        resolved,
        checks=(*reading.checks, *resolved.checks),
        subject=(reading.found, resolved.subject),
        missing=reading.missing or resolved.missing,
        also_in=(*resolved.also_in, *also_in(reading.bucket)),
    )


def copied_bytes(
    call: Call, params: Params, subject: tuple[StoredObject, OpenUpload]
) -> tuple[OpenUpload, bytes]:
    """Return an upload and the bytes to copy into it; raises AwsError if conditions are not met."""
    source, opened = subject
    refuse_unmet(params, source, COPY)
    body, span = bytes(source.body), byte_range(params.get("CopySourceRange"), source.size)
    refuse_number(params)
    return opened, body[span.first : span.end] if span is not None else body


@writes("s3:UploadPartCopy", on=on_part_copy, prepare=copied_bytes, data_event=True)
def upload_part_copy(call: Call, params: Params, prepared: tuple[OpenUpload, bytes]) -> Result:
    """Store an object, or a range of it, as a part."""
    opened, body = prepared
    part = keep_part(call, opened.upload, params["PartNumber"], body)
    return {
        "CopyPartResult": {"ETag": f'"{part.etag}"', "LastModified": part.last_modified},
        **ENCRYPTED,
    }
