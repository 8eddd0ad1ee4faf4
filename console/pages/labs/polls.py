"""Polls of attempts that nothing has happened in, answered before a session is opened."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from console.labs.attempts import is_current

_POLLED = re.compile(r"(?:/c/[a-z0-9]{8})?/labs/a/([a-z0-9]{16})/(?:drawer)?")


class PollMiddleware:
    """Answers 204 to a page that has an attempt as it is; all other requests go on.

    Who knows the attempt's address learns no more than that its version is still the one named.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a poll."""
        polled = _POLLED.fullmatch(request.path_info)
        version = request.GET.get("version", "") if polled else ""
        if polled and version and request.method == "GET" and is_current(polled[1], version):
            return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
        return self.get_response(request)
