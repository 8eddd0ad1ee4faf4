"""S3's signature version 2 in a URL, with which boto3 and the CLI still presign by default."""

import hmac
import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote

from iam.wire.errors import AwsError
from iam.wire.requests import WireRequest
from iam.wire.signatures.canonical import encoded_path
from iam.wire.signatures.refusals import denied
from iam.wire.times import iso8601

_NEEDS = ("AWSAccessKeyId", "Signature", "Expires")
_HEADERS = ("content-md5", "content-type")
_SUBRESOURCES = frozenset(
    [
        "accelerate",
        "acl",
        "analytics",
        "cors",
        "defaultObjectAcl",
        "delete",
        "inventory",
        "lifecycle",
        "location",
        "logging",
        "metrics",
        "notification",
        "object-lock",
        "partNumber",
        "policy",
        "replication",
        "requestPayment",
        "response-cache-control",
        "response-content-disposition",
        "response-content-encoding",
        "response-content-language",
        "response-content-type",
        "response-expires",
        "restore",
        "select",
        "select-type",
        "storageClass",
        "tagging",
        "torrent",
        "uploadId",
        "uploads",
        "versionId",
        "versioning",
        "versions",
        "website",
    ]
)


@dataclass(frozen=True)
class LegacyClaim:
    """The parts of the old signature; `headers` are the request's and those in the URL."""

    access_key_id: str
    signature: str
    expires: str
    session_token: str
    headers: dict[str, str]


def legacy_claim(request: WireRequest, now: datetime) -> LegacyClaim | None:
    """Return the claim of a URL presigned in the old way; None for any other URL."""
    given = request.arguments
    header = request.headers.get("authorization", "")
    if header:
        raise _unsupported(header)
    if not any(name in given for name in ("AWSAccessKeyId", "Signature")):
        return None
    if not all(given.get(name) for name in _NEEDS):
        raise denied(
            "Query-string authentication requires the Signature, Expires and AWSAccessKeyId "
            "parameters"
        )
    _refuse_expired(given["Expires"], now)
    carried = {
        name.lower(): value
        for name, value in request.parameters
        if name.lower().startswith("x-amz-") or name.lower() in _HEADERS
    }
    headers = {**request.headers, **carried}
    return LegacyClaim(
        given["AWSAccessKeyId"],
        given["Signature"],
        given["Expires"],
        headers.get("x-amz-security-token", ""),
        headers,
    )


def _unsupported(header: str) -> AwsError:
    if header.startswith("AWS "):
        return AwsError(
            "InvalidRequest",
            "The authorization mechanism you have provided is not supported. "
            "Please use AWS4-HMAC-SHA256.",
        )
    details = {"ArgumentName": "Authorization", "ArgumentValue": header}
    return AwsError("InvalidArgument", "Unsupported Authorization Type", details=details)


def _refuse_expired(expires: str, now: datetime) -> None:
    if not re.fullmatch(r"[0-9]{1,11}", expires, re.ASCII):
        raise denied("Invalid date (should be seconds since epoch): " + expires)
    ends = datetime.fromtimestamp(int(expires), UTC)
    if now > ends:
        raise denied("Request has expired", Expires=iso8601(ends), ServerTime=iso8601(now))


def legacy_signature(request: WireRequest, claim: LegacyClaim, secret: str) -> tuple[str, str]:
    """Return the string to sign, and its signature with a secret."""
    amazon = "".join(
        f"{name}:{value.strip()}\n"
        for name, value in sorted(claim.headers.items())
        if name.startswith("x-amz-")
    )
    to_sign = "\n".join(
        (
            request.method,
            *(claim.headers.get(name, "").strip() for name in _HEADERS),
            claim.expires,
            amazon + _resource(request),
        )
    )
    digest = hmac.digest(secret.encode(), to_sign.encode("utf-8", "replace"), "sha1")
    return to_sign, b64encode(digest).decode()


def _resource(request: WireRequest) -> str:
    """Return the path after the endpoint's own, and the query's subresources, sorted.

    botocore signs only bucket and key, as a bucket may also be a part of the host's name.
    """
    pieces = (piece.partition("=") for piece in request.query.split("&"))
    kept = sorted(
        (name, equals + unquote(value)) for name, equals, value in pieces if name in _SUBRESOURCES
    )
    query = "&".join(f"{name}{value}" for name, value in kept)
    path = encoded_path(request.resource)
    return f"{path}?{query}" if query else path
