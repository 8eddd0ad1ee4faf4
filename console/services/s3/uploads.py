"""Multipart uploads by their ID, and their initiators."""

from collections.abc import Callable
from dataclasses import dataclass

from console.services.s3.models import Bucket, Part, Upload
from console.services.s3.names import refuse_key
from console.services.s3.queries import find_object
from console.services.s3.request_keys import writing_keys
from console.services.s3.resolvers import (
    LocatedObject,
    also_in,
    bucket_named,
    check_on,
    missing_of,
    object_resources,
)
from iam.callers import Caller
from iam.perform import Call, Params, Resolution
from iam.wire.errors import AwsError

MOST_PARTS = 10_000


@dataclass(frozen=True)
class OpenUpload:
    """An open upload, and the place of its future object."""

    upload: Upload
    place: LocatedObject


def no_such_upload() -> AwsError:
    """Return the error for an upload that does not exist."""
    return AwsError(
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have "
        "been aborted or completed.",
        404,
        ("UploadId",),
    )


def initiator_of(caller: Caller) -> dict[str, str]:
    return {"ID": caller.arn, "DisplayName": caller.name}


def find_upload(call: Call, bucket: Bucket, params: Params) -> Upload | None:
    """Return an upload of a bucket's key by its ID."""
    rows = Upload.in_sandbox(call.caller.sandbox).filter(bucket=bucket, key=params["Key"])
    upload_id = params["UploadId"]
    found: Upload | None = (
        rows.filter(upload_id=upload_id).first() if "\0" not in upload_id else None
    )
    return found


def parts_of(call: Call, upload: Upload) -> list[Part]:
    return list(Part.in_sandbox(call.caller.sandbox).filter(upload=upload).defer("body"))


def on_upload(action: str) -> Callable[[Call, Params], Resolution]:
    """Return a resolver of `Bucket`, `Key` and `UploadId`."""

    def resolve(call: Call, params: Params) -> Resolution:
        name, key = params["Bucket"], params["Key"]
        refuse_key(key)
        bucket = bucket_named(call, name)
        upload = find_upload(call, bucket, params) if bucket else None
        missing = missing_of(bucket, params) or (None if upload else no_such_upload())
        opened = None
        if bucket is not None and upload is not None:
            opened = OpenUpload(upload, LocatedObject(bucket, key, find_object(bucket, key)))
        context = writing_keys(call, params) if action == "s3:PutObject" else {}
        return Resolution(
            checks=(check_on(call, action, name, bucket, key=key, context=context),),
            subject=opened,
            missing=missing,
            resources=object_resources(name, key),
            also_in=also_in(bucket),
        )

    return resolve
