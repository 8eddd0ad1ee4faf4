"""A program on this machine that hears of a class."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.urls import reverse

from console.webhooks.models import Webhook
from tests.classes.conftest import course_class, logged_in, sam, tess  # noqa: F401 - fixtures
from tests.classes.working import at


class Program:
    """A program on this machine: what it was sent, and the status that it answers."""

    def __init__(self) -> None:
        self.sent: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        self.url = ""


@pytest.fixture(scope="module")
def server() -> Iterator[Program]:
    program = Program()

    class Handler(BaseHTTPRequestHandler):
        """Keeps what arrives."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            program.sent.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(program.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    program.url = f"http://127.0.0.1:{listening.server_port}/hook?of=7b"
    Thread(target=listening.serve_forever, daemon=True).start()
    yield program
    listening.shutdown()
    listening.server_close()


@pytest.fixture
def program(server: Program, settings: Any) -> Program:
    settings.WEBHOOK_HOSTS = [server.url.split("/")[2]]
    server.sent.clear()
    server.status = 204
    return server


@pytest.fixture
def secret(program, tess, course_class):  # noqa: F811
    url = reverse("teach_webhooks", args=[course_class.public_id])
    page = logged_in(tess).post(url, {"url": program.url})
    Webhook.objects.update(heard_until=at(hours=-1))
    shown: str = page.context["secret"]
    assert shown in page.text
    assert shown not in logged_in(tess).get(url).text
    return shown
