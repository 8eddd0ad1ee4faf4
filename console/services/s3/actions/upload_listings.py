"""Listing open uploads and their parts."""

from typing import Any, TypeVar

from console.services.s3.listing import page_size
from console.services.s3.models import Bucket, Upload
from console.services.s3.names import owner_of
from console.services.s3.resolvers import on_bucket
from console.services.s3.uploads import OpenUpload, on_upload, parts_of
from iam.perform import Call, Params, Result, reads

Subject = TypeVar("Subject")


def sized(call: Call, params: Params, subject: Subject) -> Subject:
    """Prepare a list: refuse an invalid size."""
    page_size(params.get("MaxParts", params.get("MaxUploads")))
    return subject


@reads(
    "s3:ListParts",
    on=on_upload("s3:ListMultipartUploadParts"),
    prepare=sized,
    data_event=True,
)
def list_parts(call: Call, params: Params, opened: OpenUpload) -> Result:
    """Return a page of an upload's parts, by number."""
    upload, after = opened.upload, params.get("PartNumberMarker", 0)
    size = page_size(params.get("MaxParts"))
    later = [part for part in parts_of(call, upload) if part.number > after]
    shown = later[:size]
    result: dict[str, Any] = {
        "Bucket": opened.place.bucket.name,
        "Key": upload.key,
        "UploadId": upload.upload_id,
        "PartNumberMarker": after,
        "MaxParts": size,
        "IsTruncated": len(later) > size,
        "Initiator": upload.initiator,
        "Owner": owner_of(opened.place.bucket.account.account_id),
        "StorageClass": "STANDARD",
        "Parts": [
            {
                "PartNumber": part.number,
                "LastModified": part.last_modified,
                "ETag": f'"{part.etag}"',
                "Size": part.size,
            }
            for part in shown
        ],
    }
    if shown:
        result["NextPartNumberMarker"] = shown[-1].number
    return result


@reads(
    "s3:ListMultipartUploads",
    on=on_bucket("s3:ListBucketMultipartUploads"),
    prepare=sized,
    data_event=True,
)
def list_multipart_uploads(call: Call, params: Params, bucket: Bucket) -> Result:
    """Return a page of a bucket's uploads, by key and then by start."""
    size, prefix = page_size(params.get("MaxUploads")), params.get("Prefix", "")
    key_marker, id_marker = params.get("KeyMarker", ""), params.get("UploadIdMarker", "")
    rows = Upload.in_sandbox(call.caller.sandbox).filter(bucket=bucket)
    uploads = sorted(rows, key=lambda one: (one.key, one.initiated_at, one.pk))
    wanted = [one for one in uploads if one.key.startswith(prefix) and one.key >= key_marker]
    ids = [one.upload_id for one in wanted if one.key == key_marker]
    passed = ids.index(id_marker) + 1 if id_marker in ids else len(ids)
    later = wanted[passed:]
    result: dict[str, Any] = {
        "Bucket": bucket.name,
        "KeyMarker": key_marker,
        "UploadIdMarker": id_marker,
        "MaxUploads": size,
        "Prefix": prefix,
        "IsTruncated": len(later) > size,
        "Uploads": [_shown(one, bucket) for one in later[:size]],
    }
    if len(later) > size > 0:
        result["NextKeyMarker"] = later[size - 1].key
        result["NextUploadIdMarker"] = later[size - 1].upload_id
    return result


def _shown(upload: Upload, bucket: Bucket) -> dict[str, Any]:
    return {
        "UploadId": upload.upload_id,
        "Key": upload.key,
        "Initiated": upload.initiated_at,
        "StorageClass": "STANDARD",
        "Owner": owner_of(bucket.account.account_id),
        "Initiator": upload.initiator,
    }
