"""The payload hash that S3's clients declare, compared with the payload."""

import hmac
import re
from hashlib import sha256

from iam.wire.errors import AwsError
from iam.wire.requests import WireRequest
from iam.wire.signatures.canonical import UNSIGNED
from iam.wire.signatures.chunks import STREAMING

_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
_INVALID = (
    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid "
    "sha256 value."
)


def declared_hash(request: WireRequest, *, in_query: bool) -> str:
    """Return the payload hash in the signature; "" for a presigned URL without one."""
    declared = request.headers.get("x-amz-content-sha256") or (
        request.arguments.get("X-Amz-Content-Sha256", "") if in_query else ""
    )
    if not declared and in_query:
        return ""
    if not declared:
        message = "Missing required header for this request: x-amz-content-sha256"
        raise AwsError("InvalidRequest", message)
    if declared != UNSIGNED and declared not in STREAMING and not _HEX.fullmatch(declared):
        details = {"ArgumentName": "x-amz-content-sha256", "ArgumentValue": declared}
        raise AwsError("InvalidArgument", _INVALID, details=details)
    return declared


def refuse_altered_payload(request: WireRequest, declared: str) -> None:
    """Raise if the body does not match the hash in the signature."""
    if declared == UNSIGNED:
        return
    counted = sha256(request.body).hexdigest()
    if not hmac.compare_digest(counted, declared):
        raise AwsError(
            "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
            details={
                "ClientComputedContentSHA256": declared,
                "S3ComputedContentSHA256": counted,
            },
        )
