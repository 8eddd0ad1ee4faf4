"""What a call costs the server's processor, beside moto's, which decides nothing."""

import http.client
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any
from urllib.parse import urlencode, urlsplit

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.bench.processes import cpu_seconds
from tests.bench.section import Row
from tests.bench.wire_servers import Served

_ROUNDS, _CALLS = 12, 40
_FORM = "application/x-www-form-urlencoded; charset=utf-8"
_IAM, _STS = "2010-05-08", "2011-06-15"
_BUCKET, _KEY = "bench-bucket", "report.csv"
_MOST = {"AssumeRole": 0.6, "CreateUser": 1.1, "PutRolePolicy": 1.1, "GetObject": 1.1}
_REASONS = {
    "AssumeRole": "its event takes a quarter of it, the look-ups of key and role a fifth",
    "PutRolePolicy": "it compiles the policy (8 %), stores it and an event (15 %), commits (7 %)",
}


Send = Callable[[], None]


def _sender(served: Served, keys: list[str]) -> Callable[..., Send]:
    """Return what signs a request, and makes of it a function that sends it on one connection."""
    parts = urlsplit(served.endpoint)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)

    def signed(service: str, method: str, path: str, body: bytes = b"") -> Send:
        kind = {"Content-Type": _FORM} if method == "POST" else {}
        request = AWSRequest(method, f"{served.endpoint}{path}", kind, body)
        auth = S3SigV4Auth if service == "s3" else SigV4Auth
        auth(Credentials(*keys[:2]), service, "us-east-1").add_auth(request)
        headers = {name: str(value) for name, value in request.headers.items()}

        def send() -> None:
            connection.request(method, f"{parts.path}{path}", body, headers)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 200:
                raise RuntimeError(text.decode())

        return send

    return signed


def _calls(signed: Callable[..., Send], world: Mapping[str, Any]) -> dict[str, Callable[[], Send]]:
    numbers = count()

    def form(service: str, action: str, version: str, **more: Callable[[], str]) -> Send:
        fields = {name: make() for name, make in more.items()}
        body = urlencode({"Action": action, "Version": version, **fields}).encode()
        return signed(service, "POST", "/", body)

    def document() -> str:
        arn = f"arn:aws:s3:::bench-{next(numbers)}/*"
        statement = f'{{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "{arn}"}}'
        return f'{{"Version": "2012-10-17", "Statement": [{statement}]}}'

    session = {"RoleArn": lambda: world["role"], "RoleSessionName": lambda: "bench"}
    named = {"RoleName": lambda: "Bench", "PolicyName": lambda: "own"}
    return {
        "AssumeRole": lambda: form("sts", "AssumeRole", _STS, **session),
        "CreateUser": lambda: form(
            "iam", "CreateUser", _IAM, UserName=lambda: f"bench-{next(numbers)}"
        ),
        "PutRolePolicy": lambda: form(
            "iam", "PutRolePolicy", _IAM, **named, PolicyDocument=document
        ),
        "GetObject": lambda: signed("s3", "GET", f"/{_BUCKET}/{_KEY}"),
    }


def cpu_rows(world: Mapping[str, Any], servers: Mapping[str, Served]) -> list[Row]:
    """Return what each call costs both servers, whose rounds take turns, and the ratio."""
    calls = {}
    for name, served in servers.items():
        signed = _sender(served, world["keys"])
        signed("s3", "PUT", f"/{_BUCKET}")()
        signed("s3", "PUT", f"/{_BUCKET}/{_KEY}", b"x" * 100)()
        calls[name] = _calls(signed, world)
    rows = []
    for operation, most in _MOST.items():
        spent = dict.fromkeys(servers, 0.0)
        for turn in range(_ROUNDS + 1):
            for name, served in servers.items():
                sends = [calls[name][operation]() for _ in range(_CALLS)]
                before = cpu_seconds(served.pid)
                for send in sends:
                    send()
                if turn:  # what is read at first use is read
                    spent[name] += cpu_seconds(served.pid) - before
        times = {name: seconds * 1_000 / _ROUNDS / _CALLS for name, seconds in spent.items()}
        rows += [Row(f"{operation}: CPU of {name}", time, "ms") for name, time in times.items()]
        ratio = times["ours"] / times["moto"]
        reason = _REASONS.get(operation, "")
        rows.append(Row(f"{operation}: CPU, ratio", ratio, "x", most=most, reason=reason))
    return rows
