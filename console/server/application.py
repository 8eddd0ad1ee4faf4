"""The application as Granian serves it: the event loop reads bodies between calls of Django."""

from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

# `granian.rsgi` names them too, but exports them to no type checker.
from granian._granian import RSGIHTTPProtocol, RSGIProtocolClosed

from console.server.bodies import LARGEST, BodyRefused, Buffer
from console.server.endpoint import with_endpoint
from console.server.environ import Scope, environ_of
from console.server.files import SentFile
from console.server.lock_waits import wait_shortly
from console.server.turns import Turns
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

    def close(self) -> None:
        """Let the application know that its body is sent."""
        close = getattr(self.body, "close", None)
        if close:
            close()


class Application:
    """A WSGI application behind Granian's RSGI interface.

    A client that sends or reads slowly holds nobody up: see README.md.
    """

    def __init__(self, application: Wsgi) -> None:
        self._application = application
        self._buffer = Buffer()

    def __rsgi_init__(self, loop: AbstractEventLoop) -> None:
        """Begin in the process that serves."""
        from console.server.warm_up import warm_up  # noqa: PLC0415, Django is set up by now

        wait_shortly()
        self._turns = Turns(loop, spare=warm_up())

    async def __rsgi__(self, scope: Scope, protocol: RSGIHTTPProtocol) -> None:
        """Answer a request; one whose client has gone is dropped."""
        with self._buffer.body() as body:
            received, refused = b"", ""
            try:
                stated = int(scope.headers.get("content-length", "0"))
                if stated > LARGEST:
                    refused = "EntityTooLarge"
                elif stated or "transfer-encoding" in scope.headers:
                    received = await body.read(protocol, stated)
            except BodyRefused as refusal:
                refused = refusal.reason
            except RSGIProtocolClosed:
                return
            environ = environ_of(scope, received, refused)
            left = await self._turns.run(partial(self._answer, environ, protocol))
            if left is not None:
                await self._stream(left, protocol)

    def _answer(self, environ: dict[str, Any], protocol: RSGIHTTPProtocol) -> WsgiResponse | None:
        """Answer at once; return a response that has to be streamed."""
        response = WsgiResponse(self._application, environ)
        body = response.body
        if isinstance(body, list):
            protocol.response_bytes(response.status, response.headers, b"".join(body))
            return None
        if isinstance(body, SentFile) and body.path and response.status == 200:
            protocol.response_file(response.status, response.headers, body.path)
            response.close()
            return None
        return response

    async def _stream(self, response: WsgiResponse, protocol: RSGIHTTPProtocol) -> None:
        parts: Iterator[bytes] = iter(response.body)
        transport = protocol.response_stream(response.status, response.headers)
        try:
            while (part := await self._turns.run(lambda: next(parts, None))) is not None:
                if part:  # an empty one lets others have their turn
                    await transport.send_bytes(part)
        except RSGIProtocolClosed:
            pass
        finally:
            await self._turns.run(response.close)


application = Application(with_endpoint(wsgi_application))
