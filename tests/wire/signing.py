"""Requests signed by botocore's own signers, as the wire receives them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch
from urllib.parse import quote, unquote_to_bytes, urlsplit

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from iam.wire.requests import WireRequest

NOON = datetime(2026, 5, 28, 12, 0, tzinfo=UTC)
KEY_ID, SECRET = "AKIAEXAMPLE000000000", "not-a-secret/but+long=enough"
ENDPOINT = "http://127.0.0.1:8000/aws"


def credentials(token: str | None = None) -> Credentials:
    return Credentials(KEY_ID, SECRET, token)


def sign(signer: Any, request: AWSRequest, at: datetime = NOON) -> AWSRequest:
    """Sign a request as a client whose clock shows a certain time."""
    with (
        patch(
            "botocore.auth.get_current_datetime",
            lambda remove_tzinfo=True: at.replace(tzinfo=None if remove_tzinfo else UTC),
        ),
        patch("botocore.auth.time.time", at.timestamp),
    ):
        signer.add_auth(request)
    return request


def as_received(request: AWSRequest) -> WireRequest:
    """Return a signed request as it comes in: its path decoded, its headers in lower case."""
    prepared = request.prepare()
    parts = urlsplit(prepared.url)
    body = prepared.body or b""
    return WireRequest(
        method=prepared.method,
        path=unquote_to_bytes(parts.path or "/"),
        query=parts.query,
        headers={
            "host": parts.netloc,
            **{name.lower(): _text(value) for name, value in prepared.headers.items()},
        },
        body=body if isinstance(body, bytes) else body.encode(),
        prefix=b"/aws",
    )


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def aws_request(
    method: str = "POST",
    path: str = "/",
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    query: str = "",
) -> AWSRequest:
    """Return a request not yet signed, its path encoded as botocore does."""
    url = ENDPOINT + quote(path, safe="/~") + (f"?{query}" if query else "")
    return AWSRequest(method=method, url=url, data=body, headers=dict(headers or {}))


def signed_v4(service: str = "iam", region: str = "us-east-1", **sent: Any) -> WireRequest:
    """Return a request signed in its headers."""
    at, token = sent.pop("at", NOON), sent.pop("token", None)
    kind = botocore.auth.S3SigV4Auth if service == "s3" else botocore.auth.SigV4Auth
    signer = kind(credentials(token), service, region)
    return as_received(sign(signer, aws_request(**sent), at))


def presigned_v4(service: str = "s3", expires: int = 3600, **sent: Any) -> WireRequest:
    """Return a presigned URL's request."""
    at, token = sent.pop("at", NOON), sent.pop("token", None)
    kind = botocore.auth.S3SigV4QueryAuth if service == "s3" else botocore.auth.SigV4QueryAuth
    signer = kind(credentials(token), service, "us-east-1", expires=expires)
    return as_received(sign(signer, aws_request(**{"method": "GET", **sent}), at))


def presigned_v2(expires: int = 3600, **sent: Any) -> WireRequest:
    """Return the request of a URL presigned for S3 in the old way."""
    at, token = sent.pop("at", NOON), sent.pop("token", None)
    signer = botocore.auth.HmacV1QueryAuth(credentials(token), expires=expires)
    request = aws_request(**{"method": "GET", **sent})
    request.auth_path = quote(sent["path"], safe="/~")  # as botocore's client sets it
    return as_received(sign(signer, request, at))
