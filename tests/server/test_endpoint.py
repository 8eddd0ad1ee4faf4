"""Calls of AWS clients that the server answers without Django's handler."""

from collections.abc import Iterable
from io import BytesIO
from ipaddress import ip_network
from typing import Any

import pytest
from botocore.awsrequest import AWSRequest
from django.db import connection
from django.test import override_settings

from console.server.endpoint import with_endpoint
from console.wsgi import application as django_application
from iam.models import Event
from tests.endpoint.clients import Keys, keys_of
from tests.endpoint.fuzzing import HOST, signed
from tests.worlds import World, allow, make_world

Sent = tuple[str, dict[str, str], bytes]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)  # the tests' own
    return make_world("alice")


@pytest.fixture
def keys(world: World) -> Keys:
    world.add_user("ann", allow("*"))
    return keys_of(world.do("CreateAccessKey", UserName="ann")["AccessKey"])


def _environ(request: AWSRequest, **others: Any) -> dict[str, Any]:
    prepared = request.prepare()
    path, _, query = prepared.url.removeprefix(f"http://{HOST}").partition("?")
    body = prepared.body or b""
    body = body.encode() if isinstance(body, str) else body
    headers = {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in prepared.headers.items()}
    return {
        "REQUEST_METHOD": prepared.method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "REMOTE_ADDR": "192.0.2.7",
        "HTTP_HOST": HOST,
        "CONTENT_TYPE": headers.pop("HTTP_CONTENT_TYPE", ""),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": "http",
        **headers,
        **others,
    }


def _sent(application: Any, environ: dict[str, Any]) -> Sent:
    started: list[tuple[str, dict[str, str]]] = []

    def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        ids = {"x-amzn-requestid", "x-amz-request-id", "x-amz-id-2", "date"}
        named = {name.lower(): value for name, value in headers}
        started.append((status, {name: named[name] for name in named.keys() - ids}))

    content: Iterable[bytes] = application(environ, start)
    body = b"".join(content)
    return *started[0], b"" if b"RequestId" in body else body


def _call(keys: Keys, method: str, path: str, body: bytes = b"") -> AWSRequest:
    service = "sts" if body.startswith(b"Action") else "s3"
    return signed(AWSRequest(method, f"http://{HOST}/aws{path}", dict(FORM), body), service, keys)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/", b"Action=GetCallerIdentity&Version=2011-06-15", "200"),
        ("POST", "/", b"Action=AssumeRole&Version=2011-06-15", "400"),
        ("PATCH", "/", b"Action=GetCallerIdentity&Version=2011-06-15", "405"),
        ("GET", "/", b"", "200"),
        ("HEAD", "/nowhere", b"", "404"),
        ("GET", "/nowhere/a.txt", b"", "404"),
    ],
)
def test_a_call_is_answered_as_by_the_sites_middleware(keys, method, path, body, status):
    request = _call(keys, method, path, body)
    ours, through_django = (
        _sent(application, _environ(request))
        for application in (with_endpoint(django_application), django_application)
    )
    assert ours == through_django
    assert ours[0].startswith(status)


def test_what_is_not_for_the_endpoint_goes_on_to_the_site():
    seen: list[str] = []

    def site(environ: dict[str, Any], _start: Any) -> list[bytes]:
        seen.append(environ["PATH_INFO"])
        return []

    for path in ("/", "/awsome", "/imds/x", "/login"):
        with_endpoint(site)({"PATH_INFO": path}, None)
    assert seen == ["/", "/awsome", "/imds/x", "/login"]


@pytest.mark.parametrize(("proxies", "address"), [([], "10.0.0.1"), (["10.0.0.0/8"], "192.0.2.7")])
def test_a_call_comes_from_where_a_listed_proxy_states_it(world, keys, proxies, address):
    request = _call(keys, "POST", "/", b"Action=GetCallerIdentity&Version=2011-06-15")
    environ = _environ(request, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.7")
    with override_settings(PROXIES=[ip_network(one) for one in proxies]):
        assert _sent(with_endpoint(django_application), environ)[0].startswith("200")
    event = Event.in_sandbox(world.sandbox).get(name="GetCallerIdentity")
    assert event.record["sourceIPAddress"] == address


def test_connections_that_broke_are_closed_before_and_after_a_call(monkeypatch):
    steps: list[str] = []

    def fail(_environ: object) -> None:
        steps.append("call")
        raise ZeroDivisionError

    monkeypatch.setattr("console.server.endpoint.close_old_connections", lambda: steps.append("x"))
    monkeypatch.setattr("console.endpoint.front_door.answer_request", fail)
    with pytest.raises(ZeroDivisionError):
        with_endpoint(django_application)({"PATH_INFO": "/aws"}, None)
    assert steps == ["x", "call", "x"]
