"""Requests by the service models, valid or broken, and what must hold of every answer."""

import json
import os
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.model import OperationModel, Shape
from botocore.serialize import create_serializer
from django.test import Client
from hypothesis import strategies as st

from tests.endpoint.clients import Keys

EXAMPLES = int(os.environ.get("ROLECALL_FUZZ", "0"))
HOST = "127.0.0.1:8000"
NAMES = ("x", "fuzz", "fuzz-bucket", "a/b", "key")
NASTY = (
    "",
    "\0",
    "\ud7ff\uffff",
    "%00",
    "../..",
    "é\u202e\U0001f600",
    "x" * 3000,
    "-1",
    "9" * 40,
    '{"Statement": [null]}',
    "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    "arn:aws:iam::123456789012:role/x",
    "arn:aws:cloudtrail:us-east-1:123456789012:trail/abc",
)
_NUMBERS = (-(2**63), -1, 0, 1, 50, 900, 3600, 2**31, 2**63)
_TIMES = (datetime(1970, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))
_DEEPEST = 4


def _text(shape: Shape) -> st.SearchStrategy[str]:
    enumerated = getattr(shape, "enum", None) or ()
    return st.sampled_from((*enumerated, *enumerated, *NAMES, *NASTY)) | st.text(max_size=20)


_SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "boolean": st.booleans(),
    "blob": st.binary(max_size=40),
    "timestamp": st.sampled_from(_TIMES),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "double": st.floats(allow_nan=False, allow_infinity=False),
}


def values(shape: Shape, depth: int = 0) -> st.SearchStrategy[Any]:
    """Return values of a shape: of its type, but not always within its bounds."""
    match shape.type_name:
        case "structure":
            return structures(shape, depth + 1)
        case "list":
            return st.lists(values(shape.member, depth + 1), max_size=2)
        case "map":
            return st.dictionaries(_text(shape.key), values(shape.value, depth + 1), max_size=2)
        case "string" | "character":
            return _text(shape)
    return _SCALARS.get(shape.type_name, st.sampled_from(_NUMBERS))


@st.composite
def structures(draw: st.DrawFn, shape: Shape, depth: int = 0) -> dict[str, Any]:
    """Draw a structure; its required members are nearly always there."""
    drawn = {}
    for name, member in shape.members.items():
        required = name in shape.required_members
        often = st.integers(0, 9).map(lambda n: n > 0) if required else st.booleans()
        if (required or depth < _DEEPEST) and draw(often):
            drawn[name] = draw(values(member, depth))
    return drawn


def serialized(model: OperationModel, params: dict[str, Any]) -> AWSRequest | None:
    """Return a request as botocore would send it; None for what it has no way to write."""
    protocol = model.service_model.metadata["protocol"]
    try:
        made = create_serializer(protocol, False).serialize_to_request(params, model)
        path = made["url_path"].encode("utf-8", "replace").decode()
        url = f"http://{HOST}/aws{path}"
        body = made["body"]
        body = body if isinstance(body, (bytes, str)) else b"" if not body else _form(body)
        headers = {k: str(v) for k, v in made["headers"].items()}
        # Django's client has no connection to wait on for bytes that were only promised.
        headers.pop("Content-Length", None)
        query = made["query_string"]
        return AWSRequest(made["method"], url, headers, body, query if query else None)
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError):
        return None


def _form(body: dict[str, Any]) -> str:
    return urlencode(body, errors="replace")


def signed(request: AWSRequest, service: str, keys: Keys) -> AWSRequest:
    """Sign a request for a service."""
    credentials = Credentials(*keys)
    signer = S3SigV4Auth if service == "s3" else SigV4Auth
    signer(credentials, service, "us-east-1").add_auth(request)
    return request


def sent(request: AWSRequest) -> Any:
    """Send a request to Django, without a socket."""
    made = request.prepare()
    headers = {
        name: value.decode("latin-1") if isinstance(value, bytes) else str(value)
        for name, value in made.headers.items()
    }
    _, _, target = made.url.partition(HOST)
    body = made.body or b""
    return Client(raise_request_exception=False).generic(
        made.method,
        target,
        body.encode("utf-8", "replace") if isinstance(body, str) else body,
        content_type=headers.pop("Content-Type", ""),
        headers={"Host": HOST, **headers},
    )


def refuse_bad_answer(response: Any, hidden: str, method: str = "POST") -> None:
    """Fail unless an answer is AWS's, in one of its protocols, and of this sandbox only."""
    body = response.content
    assert response.status_code < 500 or response.status_code in {501}, body
    assert hidden.encode() not in body
    if response.status_code < 400 or not body or method == "HEAD":
        return
    if "json" in response["Content-Type"]:
        assert json.loads(body)["__type"]
    else:
        document = ElementTree.fromstring(body)  # noqa: S314, our own answer
        codes = [one.text for one in document.iter() if _is_code(one.tag)]
        assert codes, body


def _is_code(tag: str) -> bool:
    return tag.rpartition("}")[2] == "Code"
