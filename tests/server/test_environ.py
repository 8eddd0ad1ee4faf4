"""What Django reads of a request that the server received."""

from dataclasses import dataclass, field

import pytest
from django.core.handlers.wsgi import WSGIRequest

from console.server.environ import environ_of


@dataclass
class _Headers:
    sent: list[tuple[str, str]]

    def items(self) -> list[tuple[str, str]]:
        return self.sent

    def get(self, key: str, default: str) -> str:
        return dict(self.sent).get(key, default)

    def __contains__(self, key: str) -> bool:
        return key in dict(self.sent)


@dataclass
class _Scope:
    path: str = "/"
    query_string: str = ""
    method: str = "POST"
    scheme: str = "http"
    http_version: str = "1.1"
    client: str = "192.0.2.7:50000"
    server: str = "127.0.0.1:8000"
    sent: list[tuple[str, str]] = field(default_factory=list)

    @property
    def headers(self) -> _Headers:
        return _Headers(self.sent)


def _request(scope: _Scope, body: bytes = b"", refused: str = "") -> WSGIRequest:
    return WSGIRequest(environ_of(scope, body, refused))


def test_a_path_and_a_query_are_read_as_they_were_sent():
    request = _request(_Scope(path="/s3/a b/é", query_string="x=%20y&z"))
    assert (request.path_info, request.META["QUERY_STRING"]) == ("/s3/a b/é", "x=%20y&z")


@pytest.mark.parametrize(
    ("client", "address"),
    [("192.0.2.7:50000", "192.0.2.7"), ("[2001:db8::1]:50000", "2001:db8::1")],
)
def test_the_client_is_known_by_its_address_without_port(client, address):
    assert _request(_Scope(client=client)).META["REMOTE_ADDR"] == address


def test_headers_sent_twice_are_joined_and_those_that_could_pass_for_others_are_left_out():
    sent = [("x-amz-meta-a", "1"), ("x-amz-meta-a", "2"), ("cookie", "a=1"), ("cookie", "b=2")]
    request = _request(_Scope(sent=[*sent, ("x_amz_meta_a", "3"), ("remote_addr", "10.0.0.1")]))
    assert request.headers["x-amz-meta-a"] == "1,2"
    assert request.COOKIES == {"a": "1", "b": "2"}


def test_a_body_in_chunks_is_read_whole():
    scope = _Scope(sent=[("transfer-encoding", "chunked"), ("content-type", "text/plain")])
    assert _request(scope, b"three words here").body == b"three words here"


def test_a_body_that_was_refused_is_known_by_its_reason():
    request = _request(_Scope(sent=[("content-length", "100000")]), refused="RequestTimeout")
    assert request.META["rolecall.refused_body"] == "RequestTimeout"
