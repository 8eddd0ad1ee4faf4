"""A request, in the environment that a WSGI server makes of it, as a WireRequest."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.conf import settings

from console.endpoint.addresses import prefix_of
from iam.callers import Origin
from iam.wire.errors import AwsError
from iam.wire.requests import WireRequest

Environ = Mapping[str, Any]
"""What PEP 3333 says of a request; Django calls it `META`."""

# What was not read to its end, by the code that the server states.
_REFUSED = {
    "RequestTimeout": (
        "Your socket connection to the server was not read from or written to within the "
        "timeout period. Idle connections will be closed.",
        400,
    ),
    "EntityTooLarge": ("Your proposed upload exceeds the maximum allowed size", 400),
    "SlowDown": ("Please reduce your request rate.", 503),
}
_BARE = {"CONTENT_TYPE": "content-type", "CONTENT_LENGTH": "content-length"}


def origin_of(environ: Environ) -> Origin:
    """Return when and from where a request came in, under a new request ID; no region yet."""
    return Origin(
        received_at=datetime.now(UTC),  # noqa: TID251, the real time
        source_ip=environ.get("REMOTE_ADDR") or "127.0.0.1",
        user_agent=environ.get("HTTP_USER_AGENT", "")[:256] or "unknown",
        request_id=str(uuid4()),
    )


def read_head(environ: Environ) -> WireRequest:
    """Return the request without its body; the path is decoded as the client sent it."""
    return WireRequest(
        method=environ["REQUEST_METHOD"].upper(),
        path=environ["PATH_INFO"].encode("latin-1"),
        query=environ.get("QUERY_STRING", ""),
        headers=_headers(environ),
        prefix=prefix_of(environ["PATH_INFO"]).encode(),
    )


def _headers(environ: Environ) -> dict[str, str]:
    """Return the headers by lower-case name, as Latin-1 text of the sent bytes."""
    headers = {
        name[5:].replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    headers.pop("cookie", None)
    return headers | {name: environ[key] for key, name in _BARE.items() if environ.get(key)}


def read_body(environ: Environ) -> bytes:
    """Return the body; raises AwsError if it is too large, has no stated length, or breaks off."""
    if refused := environ.get("rolecall.refused_body"):
        raise _refused(refused)
    if environ.get("HTTP_TRANSFER_ENCODING") and not environ.get("CONTENT_LENGTH"):
        message = "You must provide the Content-Length HTTP header."
        raise AwsError("MissingContentLength", message, 411)
    length = _stated_length(environ)
    if length > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or length):
        raise _refused("EntityTooLarge")
    try:
        body: bytes = environ["wsgi.input"].read(length) if length else b""
    except OSError:
        body = b""
    if len(body) < length:
        message = "The request body ended before Content-Length was reached."
        raise AwsError("IncompleteBody", message)
    return body


def _stated_length(environ: Environ) -> int:
    stated = environ.get("CONTENT_LENGTH") or "0"
    return int(stated) if stated.isascii() and stated.isdigit() else 0


def _refused(code: str) -> AwsError:
    return AwsError(code, *_REFUSED[code])
