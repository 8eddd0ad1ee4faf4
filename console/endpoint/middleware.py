"""The middleware that answers AWS clients before session, cookies and CSRF of the site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from console.endpoint.addresses import METADATA_ROOT, is_for_the_endpoint
from console.endpoint.front_door import answer_request
from console.endpoint.instance_metadata import answer_metadata
from console.endpoint.requests import Environ
from console.endpoint.responses import http_response, seal_off


class FrontDoorMiddleware:
    """Answers what is sent to the endpoint; all other requests go on to the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request of an AWS client."""
        if request.path_info.startswith(METADATA_ROOT):
            return seal_off(answer_metadata(request))
        if is_for_the_endpoint(request.META):
            return http_response(answer_request(_environ(request)))
        return self.get_response(request)


def _environ(request: HttpRequest) -> Environ:
    """Return what the server stated: Django has decoded the path in it."""
    path = request.path_info.encode("utf-8", "replace").decode("latin-1")
    return {**request.META, "PATH_INFO": path}
