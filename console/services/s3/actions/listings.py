"""Listing the keys of a bucket."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet

from console.services.s3.listing import Page, from_token, page_of, page_size, to_token
from console.services.s3.models import Bucket, StoredObject
from console.services.s3.names import owner_of
from console.services.s3.resolvers import on_bucket
from console.services.s3.versions import NULL
from iam.perform import Call, Listing, Params, Result, lists, reads
from iam.wire.errors import AwsError

_LISTED = ("Prefix", "Delimiter", "MaxKeys")
_FEW = 100
_COLUMNS = ("key", "last_modified", "etag", "size", "owner_account_id")


def _encoded(params: Params, text: str) -> str:
    return quote(text, safe="/") if params.get("EncodingType") == "url" else text


def _contents(
    rows: Mapping[str, tuple[str, datetime, str, int, str]],
    keys: Iterable[str],
    params: Params,
    *,
    with_owner: bool,
) -> list[dict[str, Any]]:
    contents, encodes = [], "EncodingType" in params
    for key in keys:
        _, last_modified, etag, size, owner = rows[key]
        shown: dict[str, Any] = {
            "Key": _encoded(params, key) if encodes else key,
            "LastModified": last_modified,
            "ETag": f'"{etag}"',
            "Size": size,
            "StorageClass": "STANDARD",
        }
        if with_owner:
            shown["Owner"] = owner_of(owner)
        contents.append(shown)
    return contents


def _read(objects: QuerySet[StoredObject]) -> dict[str, tuple[str, datetime, str, int, str]]:
    return {row[0]: row for row in objects.order_by().values_list(*_COLUMNS)}


def _listing(
    call: Call, params: Params, bucket: Bucket, after: str, *, with_owner: bool
) -> tuple[Page, dict[str, Any]]:
    """Return a page of a bucket, and the fields that both versions of the operation share."""
    size = page_size(params.get("MaxKeys"))
    prefix, delimiter = params.get("Prefix", ""), params.get("Delimiter", "")
    objects = StoredObject.in_sandbox(call.caller.sandbox).filter(bucket=bucket)
    rows = _read(objects)
    page = page_of(rows, prefix, delimiter, after, size)
    result: dict[str, Any] = {
        "Name": bucket.name,
        "Prefix": _encoded(params, prefix),
        "MaxKeys": size,
        "IsTruncated": page.truncated,
        "Contents": _contents(rows, page.keys, params, with_owner=with_owner),
        "CommonPrefixes": [{"Prefix": _encoded(params, one)} for one in page.prefixes],
    }
    if delimiter:
        result["Delimiter"] = _encoded(params, delimiter)
    if "EncodingType" in params:
        result["EncodingType"] = params["EncodingType"]
    return page, result


def _after(params: Params) -> str:
    """Return the entry that a page of ListObjectsV2 begins after."""
    if "ContinuationToken" in params:
        return from_token(params["ContinuationToken"])
    after: str = params.get("StartAfter", "")
    return after


def listed(call: Call, params: Params, bucket: Bucket) -> Bucket:
    """Prepare to list a bucket: refuse an invalid token or size."""
    if call.operation == "s3:ListObjectsV2" and "ContinuationToken" in params:
        from_token(params["ContinuationToken"])
    if "VersionIdMarker" in params and not params.get("KeyMarker"):
        message = "A version-id marker cannot be specified without a key marker."
        raise AwsError("InvalidArgument", message, 400, ("VersionIdMarker",))
    page_size(params.get("MaxKeys"))
    return bucket


@reads(
    "s3:ListObjectsV2",
    on=on_bucket("s3:ListBucket", *_LISTED),
    prepare=listed,
    data_event=True,
)
def list_objects_v2(call: Call, params: Params, bucket: Bucket) -> Result:
    """Return a page of keys; `ContinuationToken` begins where another page ended."""
    with_owner = params.get("FetchOwner", False)
    page, result = _listing(call, params, bucket, _after(params), with_owner=with_owner)
    result["KeyCount"] = len(page.keys) + len(page.prefixes)
    for name in ("StartAfter", "ContinuationToken"):
        if name in params:
            result[name] = params[name]
    if page.truncated:
        result["NextContinuationToken"] = to_token(page.last)
    return result


@lists("s3:ListObjectsV2")
def object_listing(call: Call, params: Params, bucket: Bucket) -> Listing:
    """Return a page's folders, then its keys, for a page that shows a few of them."""
    objects = StoredObject.in_sandbox(call.caller.sandbox).filter(bucket=bucket)
    page = page_of(
        objects.order_by().values_list("key", flat=True),
        params.get("Prefix", ""),
        params.get("Delimiter", ""),
        _after(params),
        page_size(params.get("MaxKeys")),
    )

    def shaped(some: Sequence[Params]) -> list[Result]:
        keys = [row["Key"] for row in some if "Key" in row]
        few = len(keys) <= _FEW
        rows = _read(objects.filter(key__in=keys) if few else objects)
        contents = _contents(rows, filter(rows.__contains__, keys), params, with_owner=False)
        return [*(dict(row) for row in some if "Key" not in row), *contents]

    rows = [*({"Prefix": one} for one in page.prefixes), *({"Key": one} for one in page.keys)]
    return Listing(lambda: rows, shaped, to_token(page.last) if page.truncated else "")


@reads("s3:ListObjects", on=on_bucket("s3:ListBucket", *_LISTED), prepare=listed, data_event=True)
def list_objects(call: Call, params: Params, bucket: Bucket) -> Result:
    """Return a page of keys that begins after `Marker`."""
    marker: str = params.get("Marker", "")
    page, result = _listing(call, params, bucket, marker, with_owner=True)
    result["Marker"] = _encoded(params, marker)
    if page.truncated and "Delimiter" in params:
        result["NextMarker"] = _encoded(params, page.last)
    return result


@reads(
    "s3:ListObjectVersions",
    on=on_bucket("s3:ListBucketVersions", *_LISTED),
    prepare=listed,
    data_event=True,
)
def list_object_versions(call: Call, params: Params, bucket: Bucket) -> Result:
    """Return a page of keys, each with its only version, `null`."""
    marker: str = params.get("KeyMarker", "")
    page, result = _listing(call, params, bucket, marker, with_owner=True)
    only = {"VersionId": NULL, "IsLatest": True}
    result["Versions"] = [{**one, **only} for one in result.pop("Contents")]
    result["KeyMarker"] = _encoded(params, marker)
    result["VersionIdMarker"] = params.get("VersionIdMarker", "")
    if page.truncated:
        result["NextKeyMarker"] = _encoded(params, page.last)
        result["NextVersionIdMarker"] = NULL
    return result
