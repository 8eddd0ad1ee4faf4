"""A WireResponse as a Django response."""

import re

from django.http import HttpResponse

from iam.wire.requests import WireResponse

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


def http_response(answer: WireResponse, method: str | None) -> HttpResponse:
    """Return the response to a request of an HTTP method; to HEAD it has no body."""
    response = HttpResponse(answer.body, content_type="text/xml", status=answer.status)
    if not answer.body:
        del response["Content-Type"]
    for name, value in answer.headers.items():
        response[name] = _CONTROLS.sub(" ", value)
    seal_off(response)
    bodiless = answer.status in {204, 304}
    if bodiless:
        del response["Content-Length"]
    elif not response.has_header("Content-Length"):
        response["Content-Length"] = str(len(answer.body))
    if bodiless or method == "HEAD":
        response.content = b""
    return response


def seal_off(response: HttpResponse) -> HttpResponse:
    """Set headers so that no browser runs a response: a student may upload HTML."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    return response
