"""A database of the bench's own, and requests to an application in this process."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

import django
from django.test.utils import setup_databases, teardown_databases

Wsgi = Callable[[dict[str, Any], Any], Any]
Visit = Callable[[], bytes]


@contextmanager
def bench_database() -> Iterator[None]:
    """Set Django up on a database that is gone afterwards; its connection stays open."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    import_module("console.wsgi")  # collects garbage as rarely as a worker
    from django.db import connection  # noqa: PLC0415

    made = setup_databases(verbosity=0, interactive=False)
    before = connection.settings_dict["CONN_MAX_AGE"]
    connection.settings_dict["CONN_MAX_AGE"] = 600
    try:
        yield
    finally:
        connection.settings_dict["CONN_MAX_AGE"] = before
        teardown_databases(made, verbosity=0)


class Browser:
    """Asks an application for pages as a server does, with the cookies of a test client."""

    def __init__(self, cookies: Any, application: Wsgi) -> None:
        self._application = application
        self._cookies = "; ".join(f"{one.key}={one.value}" for one in cookies.values())

    def get(self, url: str, **query: str) -> bytes:
        """Return a page; raises RuntimeError if it is not one."""
        from django.test import RequestFactory  # noqa: PLC0415

        made = RequestFactory(SERVER_NAME="localhost", HTTP_COOKIE=self._cookies)
        environ = made.get(f"{url}?{urlencode(query)}" if query else url).environ
        statuses: list[str] = []
        response = self._application(environ, lambda status, _headers: statuses.append(status))
        body = b"".join(response)
        response.close()
        if not statuses[0].startswith("200"):
            message = f"{url} was answered by {statuses[0]}."
            raise RuntimeError(message)
        return body

    def visit(self, url: str, **query: str) -> Visit:
        """Return a function that opens a page."""
        return partial(self.get, url, **query)


def signed_in(world: Any) -> Browser:
    """Return a browser that its owner's login and the root user of a world are signed in to."""
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client(SERVER_NAME="localhost")
    client.force_login(world.sandbox.owner)
    entered = client.post("/signin/as", {"account": world.account_id, "user": ""})
    if entered.status_code != 302:
        message = f"The sign-in was answered by {entered.status_code}."
        raise RuntimeError(message)
    return Browser(client.cookies, WSGIHandler())
