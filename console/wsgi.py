"""The WSGI application that `make run` serves."""

import gc
import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "console.settings")

_django = get_wsgi_application()
# Imports every page; else a worker's first request would, which takes a second.
reverse("start")


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer a request: a whole response as one list, which a server sends without asking for more.

    Django's response is an iterator to a server, and Granian hands each step of one from thread
    to thread: that took a quarter of the time of a short call.
    """
    response = _django(environ, start_response)
    if getattr(response, "streaming", True):  # or the server's own wrapper of a file
        return response
    whole = list(response)
    response.close()
    return whole


# Models and catalogues live as long as the worker: to look through them again and again for
# garbage would take a seventh of a request's time.
gc.freeze()
gc.set_threshold(20_000, 20, 100)
