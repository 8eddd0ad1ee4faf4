"""A request of the server as the WSGI environment that Django reads (PEP 3333)."""

import sys
from functools import lru_cache
from io import BytesIO
from typing import Any, Protocol

from console.server.files import SentFile

_BARE = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
_ALWAYS = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.file_wrapper": SentFile,
}


class Headers(Protocol):
    """Names in lower case; a name may be there more than once."""

    def items(self) -> list[tuple[str, str]]: ...

    def get(self, key: str, default: str) -> str: ...

    def __contains__(self, key: str) -> bool: ...


class Scope(Protocol):
    """What Granian knows of a request before its body."""

    method: str
    path: str
    query_string: str
    scheme: str
    http_version: str
    client: str
    server: str

    @property
    def headers(self) -> Headers: ...


def environ_of(scope: Scope, body: bytes, refused: str = "") -> dict[str, Any]:
    """Return the environment; `refused` says why the body was not read to its end."""
    host, _, port = scope.server.rpartition(":")
    environ = {
        **_ALWAYS,
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path.encode("utf-8", "replace").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body),
    }
    _add_headers(environ, scope.headers)
    if refused:
        environ["rolecall.refused_body"] = refused
    elif "HTTP_TRANSFER_ENCODING" in environ:
        environ["CONTENT_LENGTH"] = str(len(body))  # Django reads as much as is stated
    return environ


def _add_headers(environ: dict[str, Any], headers: Headers) -> None:
    """Add the headers; one with `_` in its name could pass for another, and is left out."""
    for name, value in headers.items():
        key = _key_of(name)
        if not key:
            continue
        if key in environ:
            environ[key] += f"{';' if name == 'cookie' else ','}{value}"
        else:
            environ[key] = value


@lru_cache(maxsize=256)
def _key_of(name: str) -> str:
    """Return the key of a header; nothing if its name could pass for another's."""
    return "" if "_" in name else _BARE.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
