"""Conditions of a request (If-Match and the like), and byte ranges."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from console.services.s3.errors import no_such_key
from console.services.s3.models import StoredObject
from iam.perform import Params
from iam.wire.errors import AwsError

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.ASCII)
# The conditions of a copy apply to its source.
COPY = "CopySource"


def _failed(name: str) -> AwsError:
    message = "At least one of the pre-conditions you specified did not hold"
    return AwsError("PreconditionFailed", message, 412, details={"Condition": name})


def _matches(asked: str, etag: str) -> bool:
    return any(one.strip().strip('"') in {"*", etag} for one in asked.split(","))


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def refuse_unmet(params: Params, found: StoredObject, prefix: str = "") -> None:
    """Raise PreconditionFailed or NotModified if the object does not meet the conditions."""
    modified = _utc(found.last_modified)
    match, none_match = params.get(f"{prefix}IfMatch"), params.get(f"{prefix}IfNoneMatch")
    since = params.get(f"{prefix}IfModifiedSince")
    until = params.get(f"{prefix}IfUnmodifiedSince")
    if match is not None and not _matches(match, found.etag):
        raise _failed("If-Match")
    if match is None and until is not None and modified > _utc(until):
        raise _failed("If-Unmodified-Since")
    same = none_match is not None and _matches(none_match, found.etag)
    older = none_match is None and since is not None and modified <= _utc(since)
    if (same or older) and prefix:
        raise _failed("x-amz-copy-source-If-None-Match")
    if same or older:
        raise AwsError("NotModified", "Not Modified", 304)


def refuse_occupied(params: Params, found: StoredObject | None) -> None:
    """Raise if the key is taken, or has another ETag than the request requires."""
    if params.get("IfNoneMatch") == "*" and found is not None:
        raise _failed("If-None-Match")
    match = params.get("IfMatch")
    if match is not None and found is None:
        raise no_such_key()
    if match is not None and found is not None and not _matches(match, found.etag):
        raise _failed("If-Match")


@dataclass(frozen=True)
class ByteRange:
    """A range of an object's bytes; `end` is not included."""

    first: int
    end: int
    size: int

    @property
    def header(self) -> str:
        return f"bytes {self.first}-{self.end - 1}/{self.size}"


def byte_range(asked: str | None, size: int) -> ByteRange | None:
    """Return the requested range; None for the whole, and for several ranges, as on S3."""
    found = _RANGE.fullmatch(asked.strip()) if asked else None
    if found is None or not (found[1] or found[2]):
        return None
    if found[1]:
        first = int(found[1])
        end = min(int(found[2]) + 1, size) if found[2] else size
        if found[2] and int(found[2]) < first:
            return None
    else:
        first, end = max(0, size - int(found[2])), size
    if first >= size or end <= first:
        details = {"RangeRequested": asked or "", "ActualObjectSize": str(size)}
        message = "The requested range is not satisfiable"
        raise AwsError("InvalidRange", message, 416, ("Range",), details)
    return ByteRange(first, end, size)
