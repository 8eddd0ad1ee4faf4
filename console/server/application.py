"""The application as Granian serves it: the event loop reads bodies, a thread runs Django."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

# `granian.rsgi` names them too, but exports them to no type checker.
from granian._granian import RSGIHTTPProtocol, RSGIProtocolClosed

from console.server.bodies import LARGEST, BodyRefused, Buffer
from console.server.environ import Scope, environ_of
from console.server.files import SentFile
from console.wsgi import application as wsgi_application

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class WsgiResponse:
    """What a WSGI application answered."""

    def __init__(self, application: Wsgi, environ: dict[str, Any]) -> None:
        self.status, self.headers = 500, list[tuple[str, str]]()
        self.body = application(environ, self._start)

    def _start(self, status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        self.status = int(status[:3])
        self.headers = [(name.lower(), value) for name, value in headers]


class Application:
    """A WSGI application behind Granian's RSGI interface.

    Django runs in one thread, as database connections belong to their thread. A client that
    sends or reads slowly holds no thread: see README.md.
    """

    def __init__(self, application: Wsgi) -> None:
        self._application = application
        self._thread = ThreadPoolExecutor(1, "application")
        self._buffer = Buffer()

    async def __rsgi__(self, scope: Scope, protocol: RSGIHTTPProtocol) -> None:
        """Answer a request; one whose client has gone is dropped."""
        with self._buffer.body() as body:
            received, refused = b"", ""
            try:
                if _stated_length(scope) > LARGEST:
                    refused = "EntityTooLarge"
                elif _has_body(scope):
                    received = await body.read(protocol)
            except BodyRefused as refusal:
                refused = refusal.reason
            except RSGIProtocolClosed:
                return
            run = asyncio.get_running_loop().run_in_executor
            environ = environ_of(scope, received, refused)
            answer = await run(self._thread, WsgiResponse, self._application, environ)
            await self._send(answer, protocol)

    async def _send(self, answer: WsgiResponse, protocol: RSGIHTTPProtocol) -> None:
        body = answer.body
        if isinstance(body, list):
            protocol.response_bytes(answer.status, answer.headers, b"".join(body))
        elif isinstance(body, SentFile) and body.path and answer.status == 200:
            protocol.response_file(answer.status, answer.headers, body.path)
            await asyncio.get_running_loop().run_in_executor(self._thread, body.close)
        else:
            await self._stream(answer, protocol)

    async def _stream(self, answer: WsgiResponse, protocol: RSGIHTTPProtocol) -> None:
        run = asyncio.get_running_loop().run_in_executor
        parts: Iterator[bytes] = iter(answer.body)
        transport = protocol.response_stream(answer.status, answer.headers)
        try:
            while (part := await run(self._thread, next, parts, None)) is not None:
                await transport.send_bytes(part)
        except RSGIProtocolClosed:
            pass
        finally:
            close = getattr(answer.body, "close", None)
            if close:
                await run(self._thread, close)


def _stated_length(scope: Scope) -> int:
    return int(scope.headers.get("content-length", "0"))


def _has_body(scope: Scope) -> bool:
    return _stated_length(scope) > 0 or "transfer-encoding" in scope.headers


application = Application(wsgi_application)
