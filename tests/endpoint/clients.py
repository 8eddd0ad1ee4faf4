"""boto3's clients, unmodified, against the endpoint: over a socket, or in process for speed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from botocore.exceptions import ClientError
from django.test import Client

ENDPOINT = "http://127.0.0.1:8000/aws"
Keys = tuple[str, str, str | None]


class _Raw(BytesIO):
    """A response's body as urllib3 would hand it over."""

    def stream(self, _amount: int = 1024, decode_content: bool | None = None) -> Iterator[bytes]:
        while piece := self.read(65536):
            yield piece


class InProcess:
    """Sends botocore's prepared requests to Django, without a socket."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)

    def send(self, request: AWSPreparedRequest) -> AWSResponse:
        parts = urlsplit(request.url)
        headers = {name: _text(value) for name, value in request.headers.items()}
        body = request.body if request.body is not None else b""
        body = body.read() if hasattr(body, "read") else body
        answer = self.client.generic(
            request.method,
            parts.path + (f"?{parts.query}" if parts.query else ""),
            body,
            content_type=headers.pop("Content-Type", ""),
            headers={"Host": parts.netloc, **headers},
        )
        content = b"" if request.method == "HEAD" else answer.content
        return AWSResponse(request.url, answer.status_code, dict(answer.items()), _Raw(content))

    def close(self) -> None:
        """Nothing is open."""


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


@lru_cache(maxsize=1)
def _session() -> boto3.Session:
    """One session for all tests: it parses each service's model once."""
    return boto3.Session(aws_access_key_id="x", aws_secret_access_key="x", region_name="us-east-1")


@dataclass
class Clients:
    """Makes clients of one endpoint."""

    endpoint: str = ENDPOINT
    in_process: bool = True
    config: dict[str, Any] = field(default_factory=dict)

    def __call__(self, service: str, keys: Keys, region: str = "us-east-1", **config: Any) -> Any:
        key_id, secret, token = keys
        settings = {"retries": {"total_max_attempts": 1}, **self.config, **config}
        client = _session().client(
            service,
            region_name=region,
            endpoint_url=self.endpoint,
            aws_access_key_id=key_id,
            aws_secret_access_key=secret,
            aws_session_token=token,
            config=Config(**settings),
        )
        if self.in_process:
            client._endpoint.http_session = InProcess()
        return client


def keys_of(answer: dict[str, Any]) -> Keys:
    return answer["AccessKeyId"], answer["SecretAccessKey"], answer.get("SessionToken")


def refusal(call: Any, **params: Any) -> tuple[str, str, int]:
    """Return code, message and status of a call that must be refused."""
    with pytest.raises(ClientError) as refused:
        call(**params)
    answer = refused.value.response
    status = answer["ResponseMetadata"]["HTTPStatusCode"]
    return answer["Error"]["Code"], answer["Error"]["Message"], status
