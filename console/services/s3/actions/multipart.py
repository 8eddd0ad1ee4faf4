"""Uploads in parts. Objects are small here, so a part may have any size."""

from hashlib import md5
from secrets import token_urlsafe

from console.services.s3.actions.objects import store
from console.services.s3.attributes import Attributes, asked_attributes
from console.services.s3.conditions import refuse_occupied
from console.services.s3.errors import too_large
from console.services.s3.models import ENCRYPTED, Part, Upload
from console.services.s3.quotas import MAX_OBJECT_BYTES, refuse_part
from console.services.s3.resolvers import LocatedObject, on_object_place
from console.services.s3.uploads import MOST_PARTS, OpenUpload, initiator_of, on_upload
from iam.perform import Call, Params, Result, writes
from iam.wire.errors import AwsError

_INVALID_PART = (
    "One or more of the specified parts could not be found. The part may not have been uploaded, "
    "or the specified entity tag may not match the part's entity tag."
)


def with_attributes(
    call: Call, params: Params, located: LocatedObject
) -> tuple[LocatedObject, Attributes]:
    """Return the place and the attributes of an object; raises AwsError for invalid attributes."""
    return located, asked_attributes(params)


@writes(
    "s3:CreateMultipartUpload",
    on=on_object_place("s3:PutObject"),
    prepare=with_attributes,
    data_event=True,
)
def create_multipart_upload(
    call: Call, params: Params, prepared: tuple[LocatedObject, Attributes]
) -> Result:
    """Begin an upload; the object's attributes are set now."""
    located, attributes = prepared
    upload: Upload = Upload.add(
        call.caller.sandbox,
        bucket=located.bucket,
        key=located.key,
        upload_id=token_urlsafe(32),
        attributes=attributes.kept(),
        initiator=initiator_of(call.caller),
        initiated_at=call.caller.now,
    )
    return {
        "Bucket": located.bucket.name,
        "Key": located.key,
        "UploadId": upload.upload_id,
        **ENCRYPTED,
    }


def refuse_number(params: Params) -> None:
    """Raise InvalidArgument for a part number that S3 refuses."""
    if not 1 <= params["PartNumber"] <= MOST_PARTS:
        message = f"Part number must be an integer between 1 and {MOST_PARTS}, inclusive"
        raise AwsError("InvalidArgument", message, 400, ("PartNumber",))


def keep_part(call: Call, upload: Upload, number: int, body: bytes) -> Part:
    """Store or replace a part; raises EntityTooLarge."""
    sandbox = call.caller.sandbox
    Part.in_sandbox(sandbox).filter(upload=upload, number=number).delete()
    refuse_part(sandbox, len(body))
    part: Part = Part.add(
        sandbox,
        upload=upload,
        number=number,
        body=body,
        etag=md5(body, usedforsecurity=False).hexdigest(),
        size=len(body),
        last_modified=call.caller.now.replace(microsecond=0),
    )
    return part


def numbered(call: Call, params: Params, opened: OpenUpload) -> OpenUpload:
    refuse_number(params)
    return opened


@writes("s3:UploadPart", on=on_upload("s3:PutObject"), prepare=numbered, data_event=True)
def upload_part(call: Call, params: Params, opened: OpenUpload) -> Result:
    part = keep_part(call, opened.upload, params["PartNumber"], params.get("Body", b""))
    sent = {
        name: value
        for name, value in params.items()
        if name.startswith("Checksum") and name != "ChecksumAlgorithm"
    }
    return {"ETag": f'"{part.etag}"', **sent, **ENCRYPTED}


def _asked_parts(call: Call, params: Params, upload: Upload) -> list[Part]:
    """Return the parts that the request lists, which must be in order."""
    listed = params.get("MultipartUpload", {}).get("Parts", [])
    numbers = [one.get("PartNumber", 0) for one in listed]
    if not listed:
        message = "You must specify at least one part"
        raise AwsError("MalformedXML", message)
    if numbers != sorted(set(numbers)):
        message = "The list of parts was not in ascending order. Parts must be ordered by number."
        raise AwsError("InvalidPartOrder", message)
    held = {
        part.number: part
        for part in Part.in_sandbox(call.caller.sandbox).filter(upload=upload, number__in=numbers)
    }
    for one in listed:
        part = held.get(one.get("PartNumber", 0))
        if part is None or part.etag != str(one.get("ETag", "")).strip('"'):
            raise AwsError("InvalidPart", _INVALID_PART)
    return [held[number] for number in numbers]


def complete_parts(call: Call, params: Params, opened: OpenUpload) -> tuple[OpenUpload, list[Part]]:
    """Return an upload and the parts to join; raises AwsError for wrong ones."""
    refuse_occupied(params, opened.place.found)
    parts = _asked_parts(call, params, opened.upload)
    if sum(part.size for part in parts) > MAX_OBJECT_BYTES:
        raise too_large(
            "Your proposed upload exceeds the maximum allowed size: here an object "
            "holds at most 1 MiB."
        )
    return opened, parts


@writes(
    "s3:CompleteMultipartUpload",
    on=on_upload("s3:PutObject"),
    prepare=complete_parts,
    data_event=True,
)
def complete_multipart_upload(
    call: Call, params: Params, prepared: tuple[OpenUpload, list[Part]]
) -> Result:
    """Join the parts into the object, which exists only from now on."""
    opened, parts = prepared
    upload, place = opened.upload, opened.place
    body = b"".join(bytes(part.body) for part in parts)
    digests = b"".join(bytes.fromhex(part.etag) for part in parts)
    etag = f"{md5(digests, usedforsecurity=False).hexdigest()}-{len(parts)}"
    attributes = Attributes(**upload.attributes)
    upload.delete()
    stored = store(call, place, body, attributes, etag)
    bucket, key = place.bucket.name, place.key
    return {
        "Location": f"/{bucket}/{key}",
        "Bucket": bucket,
        "Key": key,
        "ETag": f'"{stored.etag}"',
        **ENCRYPTED,
    }


@writes("s3:AbortMultipartUpload", on=on_upload("s3:AbortMultipartUpload"), data_event=True)
def abort_multipart_upload(call: Call, params: Params, opened: OpenUpload) -> None:
    opened.upload.delete()
