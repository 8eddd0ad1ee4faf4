"""A request parsed: its operation, and its parameters by the service's model."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from iam.wire.errors import AwsError
from iam.wire.protocols.json_input import read_document
from iam.wire.protocols.query_input import read_parameters
from iam.wire.protocols.rest_input import read_request
from iam.wire.protocols.rest_json import rest_json_request
from iam.wire.protocols.rest_routes import route
from iam.wire.requests import WireRequest
from iam.wire.shapes import operation_model, operation_service

_MOST_PARAMETERS = 10_000
_LARGEST = 1024 * 1024
"""Bytes of a request that has no object as its body."""


@dataclass(frozen=True)
class ParsedRequest:
    """An operation such as `iam:ListUsers`, with its parameters, not yet validated."""

    operation: str
    params: dict[str, Any]


def form_of(request: WireRequest) -> dict[str, str]:
    """Return the parameters of a query request, from its body and its address."""
    try:
        body = request.body.decode()
        pairs = parse_qsl(
            body,
            keep_blank_values=True,
            max_num_fields=_MOST_PARAMETERS,
            encoding="utf-8",
            errors="replace",
        )
    except ValueError:
        raise AwsError("MalformedInput", "The request body is no URL-encoded form.") from None
    return {**request.arguments, **dict(pairs)}


def parse_request(service: str, request: WireRequest) -> ParsedRequest:
    """Parse a request to a service; raises AwsError as AWS does."""
    protocol = operation_service(service).metadata["protocol"]
    if protocol != "rest-xml" and len(request.body) > _LARGEST:
        message = f"Request size exceeded {_LARGEST} bytes"
        raise AwsError("RequestEntityTooLarge", message, 413)
    match protocol:
        case "query" | "ec2":
            return _query(service, request, ec2=protocol == "ec2")
        case "json":
            return _json(service, request)
        case "rest-xml":
            operation, in_path = route(service, request)
            params = read_request(operation_model(operation), request, in_path)
            return ParsedRequest(operation, params)
        case "rest-json":
            return ParsedRequest(*rest_json_request(service, request))
    raise AwsError("InvalidAction", f"Rolecall does not offer the service {service}.")


def _query(service: str, request: WireRequest, *, ec2: bool) -> ParsedRequest:
    _refuse_address(request)
    flat = form_of(request)
    action = flat.get("Action")
    if not action:
        message = "The request is missing an action or a required parameter."
        raise AwsError("MissingAction", message)
    version = flat.get("Version", "NO_VERSION_SPECIFIED")
    if version != operation_service(service).api_version:
        message = f"Could not find operation {action[:256]} for version {version[:64]}"
        raise AwsError("InvalidAction", message)
    operation = f"{service}:{action}"
    model = operation_model(operation)
    return ParsedRequest(operation, read_parameters(model.input_shape, flat, ec2=ec2))


def _json(service: str, request: WireRequest) -> ParsedRequest:
    _refuse_address(request)
    target = request.headers.get("x-amz-target", "")
    prefix, _, name = target.rpartition(".")
    if prefix not in _target_prefixes(service) or not name:
        raise AwsError("InvalidAction", f"The operation {target[:256]} is not known.")
    operation = f"{service}:{name}"
    return ParsedRequest(
        operation, read_document(operation_model(operation).input_shape, request.body)
    )


def _target_prefixes(service: str) -> set[str]:
    """Return what may precede an operation's name in X-Amz-Target.

    botocore sends the model's long prefix, the SDKs made from Smithy models its last part.
    """
    long: str = operation_service(service).metadata["targetPrefix"]
    return {long, long.rpartition(".")[2], ""}


def _refuse_address(request: WireRequest) -> None:
    if request.resource.strip(b"/"):
        raise AwsError("InvalidAction", "No service answers at this address.", 404)
