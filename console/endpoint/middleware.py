"""The front door stands before the site's own: no session, no cookie, no CSRF token, no page."""

import re
from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from console.endpoint.addresses import ROOT
from console.endpoint.instance_metadata import METADATA_ROOT, answer_metadata
from console.endpoint.renderers import EndpointResponse
from console.endpoint.views import EndpointView

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


class FrontDoorMiddleware:
    """Answers what is sent to the endpoint; all other requests go on to the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.endpoint = EndpointView.as_view()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request of an AWS client."""
        path = request.path_info
        if path.startswith(METADATA_ROOT):
            return _sealed_off(answer_metadata(request))
        if path != ROOT and not path.startswith(f"{ROOT}/"):
            return self.get_response(request)
        response = cast("EndpointResponse", self.endpoint(request)).render()
        return _finished(request, cast("EndpointResponse", response))


def _finished(request: HttpRequest, response: EndpointResponse) -> HttpResponse:
    """A student may upload HTML: no browser runs it here, or takes it for another type."""
    response.status_code = response.wire.status
    for name, value in response.wire.headers.items():
        response[name] = _CONTROLS.sub(" ", value)
    _sealed_off(response)
    bodiless = response.status_code in {204, 304}
    if bodiless:
        del response["Content-Length"]
    elif not response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))
    if bodiless or request.method == "HEAD":
        response.content = b""
    return response


def _sealed_off(response: HttpResponse) -> HttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    return response
