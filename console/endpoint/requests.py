"""A Django request as a WireRequest."""

from datetime import UTC, datetime
from uuid import uuid4

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from console.endpoint.addresses import prefix_of
from iam.callers import Origin
from iam.wire.errors import AwsError
from iam.wire.requests import WireRequest

# What the server did not read to its end, by the code that it states.
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


def origin_of(request: HttpRequest) -> Origin:
    """Return when and from where a request came in, under a new request ID; no region yet."""
    return Origin(
        received_at=datetime.now(UTC),  # noqa: TID251, the real time
        source_ip=request.META.get("REMOTE_ADDR") or "127.0.0.1",
        user_agent=request.META.get("HTTP_USER_AGENT", "")[:256] or "unknown",
        request_id=str(uuid4()),
    )


def read_head(request: HttpRequest) -> WireRequest:
    """Return the request without its body; the path is decoded as the client sent it."""
    return WireRequest(
        method=request.method or "GET",
        path=request.path_info.encode("utf-8", "replace"),
        query=request.META.get("QUERY_STRING", ""),
        headers=_headers(request),
        prefix=prefix_of(request.path_info).encode(),
    )


def _headers(request: HttpRequest) -> dict[str, str]:
    """Return the headers by lower-case name, as Latin-1 text of the sent bytes."""
    headers = {
        name[5:].replace("_", "-").lower(): value
        for name, value in request.META.items()
        if name.startswith("HTTP_")
    }
    headers.pop("cookie", None)
    return headers | {
        name: request.META[key] for key, name in _BARE.items() if request.META.get(key)
    }


def read_body(request: HttpRequest) -> bytes:
    """Return the body; raises AwsError if it is too large, has no stated length, or breaks off."""
    if refused := request.META.get("rolecall.refused_body"):
        raise _refused(refused)
    if request.META.get("HTTP_TRANSFER_ENCODING") and not request.META.get("CONTENT_LENGTH"):
        message = "You must provide the Content-Length HTTP header."
        raise AwsError("MissingContentLength", message, 411)
    try:
        return request.body
    except RequestDataTooBig:
        raise _refused("EntityTooLarge") from None
    except UnreadablePostError:
        message = "The request body ended before Content-Length was reached."
        raise AwsError("IncompleteBody", message) from None


def _refused(code: str) -> AwsError:
    return AwsError(code, *_REFUSED[code])
