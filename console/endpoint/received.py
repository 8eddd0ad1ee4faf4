"""A Django request as the wire knows it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from rest_framework.request import Request

from console.endpoint.addresses import ROOT
from iam.callers import Caller, Origin, Visit
from iam.wire.errors import AwsError
from iam.wire.requests import WireRequest

_BARE = {"CONTENT_TYPE": "content-type", "CONTENT_LENGTH": "content-length"}


def headers_of(request: HttpRequest) -> dict[str, str]:
    """Return the headers by lower-case name, as Latin-1 text of the bytes that were sent."""
    headers = {
        name[5:].replace("_", "-").lower(): value
        for name, value in request.META.items()
        if name.startswith("HTTP_")
    }
    headers.pop("cookie", None)
    return headers | {
        name: request.META[key] for key, name in _BARE.items() if request.META.get(key)
    }


def _too_large() -> AwsError:
    message = "Your proposed upload exceeds the maximum allowed size"
    return AwsError("EntityTooLarge", message, 400)


def body_of(request: HttpRequest) -> bytes:
    """Return the body; raises AwsError for one that is too large, of no said length, or broken."""
    if request.META.get("HTTP_TRANSFER_ENCODING") and not request.META.get("CONTENT_LENGTH"):
        message = "You must provide the Content-Length HTTP header."
        raise AwsError("MissingContentLength", message, 411)
    try:
        return request.body
    except RequestDataTooBig:
        raise _too_large() from None
    except UnreadablePostError:
        message = "The request body ended before Content-Length was reached."
        raise AwsError("IncompleteBody", message) from None


def wire_request(request: HttpRequest, body: bytes = b"") -> WireRequest:
    """Return the request as the wire knows it; its path is what the client sent, decoded."""
    return WireRequest(
        method=request.method or "GET",
        path=request.path_info.encode("utf-8", "replace"),
        query=request.META.get("QUERY_STRING", ""),
        headers=headers_of(request),
        body=body,
        prefix=ROOT.encode(),
    )


@dataclass(frozen=True)
class Signed:
    """Who signed for which service, and the request without what the signature added."""

    caller: Caller
    service: str
    request: WireRequest


@dataclass
class Exchange:
    """One request and its answer: when it came in, under which ID, and who signed it."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))  # noqa: TID251, the real time
    request_id: str = field(default_factory=lambda: str(uuid4()))
    visit: Visit = field(default_factory=Visit)
    signed: Signed | None = None

    @classmethod
    def of(cls, request: Request) -> "Exchange":
        """Return the exchange that a request of DRF's belongs to."""
        exchange: Exchange = request.parser_context["exchange"]
        return exchange


def origin_of(request: HttpRequest, exchange: Exchange, region: str) -> Origin:
    """Return where a request comes from, as the simulated AWS sees it."""
    return Origin(
        received_at=exchange.at,
        source_ip=request.META.get("REMOTE_ADDR") or "127.0.0.1",
        user_agent=request.META.get("HTTP_USER_AGENT", "")[:256] or "unknown",
        region=region,
        request_id=exchange.request_id,
    )
