"""A WireResponse as it is sent."""

import re
import sys
from email.header import Header

from django.http import HttpResponse

from iam.wire.requests import WireResponse

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_SEALED = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
}
"""No browser runs a response: a student may upload HTML."""


def completed(answer: WireResponse, method: str) -> WireResponse:
    """Return the response to a request of an HTTP method, with all its headers in lower case.

    To HEAD it has no body.
    """
    headers = {"content-type": "text/xml"} if answer.body else {}
    headers |= {name.lower(): _sendable(value) for name, value in answer.headers.items()}
    headers |= _SEALED
    bodiless = answer.status in {204, 304}
    if bodiless:
        headers.pop("content-length", None)
    else:
        headers.setdefault("content-length", str(len(answer.body)))
    return WireResponse(
        answer.status, headers, b"" if bodiless or method == "HEAD" else answer.body
    )


def _sendable(value: str) -> str:
    """Return a header's value without controls, by RFC 2047 where it is not Latin-1."""
    value = _CONTROLS.sub(" ", value)
    try:
        value.encode("latin-1")
    except UnicodeEncodeError:
        return Header(value, "utf-8", maxlinelen=sys.maxsize).encode()
    return value


def http_response(answer: WireResponse) -> HttpResponse:
    """Return a completed response as Django's."""
    response = HttpResponse(answer.body, status=answer.status)
    if "content-type" not in answer.headers:
        del response["Content-Type"]
    for name, value in answer.headers.items():
        response[name] = value
    return response


def seal_off(response: HttpResponse) -> HttpResponse:
    """Set the headers with which no browser runs a response."""
    for name, value in _SEALED.items():
        response[name] = value
    return response
