"""The rest-json protocol: routes by the addresses of the model, documents in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from iam.wire.errors import AwsError
from iam.wire.protocols.json_input import read_document
from iam.wire.protocols.json_output import json_value
from iam.wire.protocols.rest_input import read_request
from iam.wire.protocols.rest_output import sent_headers
from iam.wire.requests import WireRequest, WireResponse
from iam.wire.shapes import operation_model, operation_service

if TYPE_CHECKING:
    from botocore.model import OperationModel, StructureShape

_MEMBER = re.compile(r"\\{(\w+)(\\\+)?\\}")
_JSON = "application/json"


@dataclass(frozen=True)
class _RestRoute:
    """An operation, its method, the pattern of its address, arguments that the query must have."""

    operation: str
    method: str
    path: re.Pattern[str]
    fixed: tuple[tuple[str, str], ...]
    literals: int


def _route(operation: str) -> _RestRoute:
    http = operation_model(operation).http
    path, _, query = http["requestUri"].partition("?")
    bare = path.rstrip("/")
    pattern = _MEMBER.sub(
        lambda found: f"(?P<{found[1]}>{'.+' if found[2] else '[^/]+'})", re.escape(bare)
    )
    fixed = tuple(parse_qsl(query, keep_blank_values=True))
    literals = bare.count("/") - bare.count("{") + len(fixed)
    return _RestRoute(operation, http["method"], re.compile(f"{pattern}/?"), fixed, literals)


@lru_cache(maxsize=4)
def _routes(service: str) -> list[_RestRoute]:
    """Return a service's routes, those with most fixed parts first."""
    names = operation_service(service).operation_names
    routes = (_route(f"{service}:{name}") for name in names)
    return sorted(routes, key=lambda one: -one.literals)


def rest_json_request(service: str, request: WireRequest) -> tuple[str, dict[str, Any]]:
    """Return the operation of a request and its parameters; raises AwsError if there is none."""
    path = request.resource.decode("utf-8", "replace")
    for one in _routes(service):
        found = one.path.fullmatch(path) if one.method == request.method else None
        if found and all(request.arguments.get(name) == value for name, value in one.fixed):
            model = operation_model(one.operation)
            return one.operation, read_request(model, request, found.groupdict(), _body)
    raise AwsError("InvalidAction", "No operation of the service is at this address.", 404)


def _body(shape: StructureShape, body: bytes) -> dict[str, Any]:
    """Return the members of the body, which has none of those in the path, query and headers."""
    found = read_document(shape, body)
    members = shape.members
    return {
        name: value
        for name, value in found.items()
        if "location" not in members[name].serialization
    }


def rest_json_answer(
    model: OperationModel, result: Mapping[str, Any], request_id: str
) -> WireResponse:
    """Return a result with its status, its headers, and its document or raw payload."""
    headers = {"x-amzn-RequestId": request_id}
    status = int(model.http.get("responseCode", 200))
    shape = model.output_shape
    if shape is None:
        return WireResponse(status, headers)
    headers |= sent_headers(shape, result)
    payload = shape.serialization.get("payload")
    for name, member in shape.members.items():
        if member.serialization.get("location") == "statusCode":
            status = int(result.get(name, status))
    if payload and shape.members[payload].type_name == "blob":
        headers["Content-Type"] = _JSON
        return WireResponse(status, headers, result.get(payload) or b"")
    if status == 204:
        return WireResponse(status, headers)
    shown = {
        name: value
        for name, value in result.items()
        if name in shape.members and "location" not in shape.members[name].serialization
    }
    headers["Content-Type"] = _JSON
    body = json.dumps(json_value(shape, shown), ensure_ascii=False)
    return WireResponse(status, headers, body.encode("utf-8", "replace"))
