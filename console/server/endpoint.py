"""The AWS endpoint before Django's handler: a call needs none of what that makes of a request.

`make bench` measures it: through the handler a call takes a tenth more of the processor.
"""

from collections.abc import Callable, Iterable
from http.client import responses as phrases
from typing import Any

from django.db import close_old_connections
from django.utils.module_loading import import_string

from console.endpoint.addresses import is_for_the_endpoint
from console.server.proxies import restore_client

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def with_endpoint(django: Wsgi) -> Wsgi:
    """Return a WSGI application that answers calls of AWS clients, and passes on what is none."""
    answer_request = import_string("console.endpoint.front_door.answer_request")  # needs Django

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not is_for_the_endpoint(environ):
            return django(environ, start_response)
        restore_client(environ)
        close_old_connections()
        try:
            answer = answer_request(environ)
        finally:
            close_old_connections()
        status = f"{answer.status} {phrases.get(answer.status, '')}"
        start_response(status, list(answer.headers.items()))
        return [answer.body]

    return application
