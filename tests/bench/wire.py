"""AssumeRole and GetCallerIdentity over HTTP, beside moto's server, which decides nothing."""

import http.client
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.bench.section import Row, Section
from tests.bench.timing import side_by_side
from tests.bench.wire_cpu import cpu_rows
from tests.bench.wire_servers import both_served

_LEAST = 1.2
_ROUND = 0.1  # of a call of milliseconds a shorter one has too few
_FORM = "application/x-www-form-urlencoded; charset=utf-8"
Ask = Callable[[], object]


def _client(service: str, endpoint: str, keys: list[str]) -> Any:
    return boto3.client(
        service,
        region_name="us-east-1",
        endpoint_url=endpoint,
        aws_access_key_id=keys[0],
        aws_secret_access_key=keys[1],
    )


def _by_boto3(endpoint: str, world: dict[str, Any], operation: str) -> Ask:
    sts = _client("sts", endpoint, world["keys"])
    if operation == "GetCallerIdentity":
        ask: Ask = sts.get_caller_identity
        return ask
    return lambda: sts.assume_role(RoleArn=world["role"], RoleSessionName="bench")


def _by_bytes(endpoint: str, world: dict[str, Any], operation: str) -> Ask:
    """One request, signed once, sent again and again over one connection."""
    asked = {"Action": operation, "Version": "2011-06-15"}
    if operation == "AssumeRole":
        asked |= {"RoleArn": world["role"], "RoleSessionName": "bench"}
    body = urlencode(asked)
    request = AWSRequest("POST", f"{endpoint}/", {"Content-Type": _FORM}, body)
    SigV4Auth(Credentials(*world["keys"][:2]), "sts", "us-east-1").add_auth(request)
    headers = {name: str(value) for name, value in request.headers.items()}
    parts = urlsplit(f"{endpoint}/")
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)

    def ask() -> None:
        connection.request("POST", parts.path, body, headers)
        answer = connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(answer.read().decode())
        answer.read()

    return ask


def _rows(world: dict[str, Any], endpoints: dict[str, str], operation: str) -> list[Row]:
    rows = []
    for client, make in (("boto3", _by_boto3), ("raw", _by_bytes)):
        timed = side_by_side(
            {n: make(url, world, operation) for n, url in endpoints.items()}, _ROUND
        )
        name = f"{operation}, {client}"
        rows += [
            Row(f"{name}: ours", timed.per_second("ours"), "calls/s"),
            Row(f"{name}: moto", timed.per_second("moto"), "calls/s"),
            Row(f"{name}: ratio", timed.ratio("ours", "moto"), "x", least=_LEAST),
        ]
    return [*rows, Row(f"{operation}: SQL", world["statements"][operation], "statements/call")]


def measure() -> list[Section]:
    """Return the calls a second of both servers, by boto3 and a raw client, and their CPU."""
    with both_served() as (world, servers):
        endpoints = {name: one.endpoint for name, one in servers.items()}
        iam = _client("iam", endpoints["moto"], world["keys"])
        iam.create_role(RoleName="Bench", AssumeRolePolicyDocument=world["document"])
        rows = [
            row
            for operation in ("AssumeRole", "GetCallerIdentity")
            for row in _rows(world, endpoints, operation)
        ]
        costs = cpu_rows(world, servers)
    decision = Row("a decision in a request, to the bare engine", world["decision"], "x", least=0.9)
    event = Row("an event of AssumeRole on disk", world["event"], "kB", most=1.5)
    return [
        Section("AWS calls over HTTP, beside moto's server", tuple(rows)),
        Section("The CPU time of AWS calls, beside moto's server", tuple(costs)),
        Section("Decisions and events of calls", (decision, event)),
    ]
