"""Results and errors as each protocol sends them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from iam.wire.errors import AwsError
from iam.wire.protocols.error_names import worded
from iam.wire.protocols.json_output import json_value
from iam.wire.protocols.rest_json import rest_json_answer
from iam.wire.protocols.rest_output import rest_answer
from iam.wire.protocols.xml_documents import xml_text
from iam.wire.protocols.xml_output import XmlWriter
from iam.wire.requests import WireResponse
from iam.wire.shapes import operation_model, operation_service

if TYPE_CHECKING:
    from botocore.model import OperationModel

_XML = "text/xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def answer(operation: str, result: Mapping[str, Any], request_id: str) -> WireResponse:
    """Return an operation's result as its service's protocol sends it."""
    model = operation_model(operation)
    match model.service_model.metadata["protocol"]:
        case "json":
            return _json(model, result, request_id)
        case "rest-xml":
            return rest_answer(model, result, request_id)
        case "rest-json":
            return rest_json_answer(model, result, request_id)
        case "ec2":
            return _ec2(model, result, request_id)
    return _query(model, result, request_id)


def _query(model: OperationModel, result: Mapping[str, Any], request_id: str) -> WireResponse:
    shape, content = model.output_shape, ""
    if shape is not None:
        content = XmlWriter(model.service_model.service_name).members(shape, result)
        wrapper = shape.serialization.get("resultWrapper")
        content = f"<{wrapper}>{content}</{wrapper}>" if wrapper else content
    namespace = model.metadata["xmlNamespace"]
    body = (
        f'<{model.name}Response xmlns="{namespace}">{content}<ResponseMetadata>'
        f"<RequestId>{request_id}</RequestId></ResponseMetadata></{model.name}Response>"
    )
    return _response(200, _XML, body, request_id)


def _ec2(model: OperationModel, result: Mapping[str, Any], request_id: str) -> WireResponse:
    shape = model.output_shape
    content = XmlWriter("ec2").members(shape, result) if shape is not None else ""
    namespace = model.metadata["xmlNamespace"]
    body = (
        f'{_DECLARATION}<{model.name}Response xmlns="{namespace}/">'
        f"<requestId>{request_id}</requestId>{content}</{model.name}Response>"
    )
    return _response(200, f"{_XML};charset=UTF-8", body, request_id)


def _json(model: OperationModel, result: Mapping[str, Any], request_id: str) -> WireResponse:
    document = json_value(model.output_shape, result) if model.output_shape is not None else {}
    version = model.metadata["jsonVersion"]
    body = json.dumps(document, ensure_ascii=False)
    return _response(200, f"application/x-amz-json-{version}", body, request_id)


def _response(status: int, content_type: str, body: str, request_id: str) -> WireResponse:
    headers = {"Content-Type": content_type, "x-amzn-RequestId": request_id}
    return WireResponse(status, headers, body.encode("utf-8", "replace"))


def refusal(
    service: str, error: AwsError, request_id: str, *, resource: str = "", protocol: str = ""
) -> WireResponse:
    """Return an error as a service sends it; a service without a model needs the `protocol`."""
    protocol = protocol or operation_service(service).metadata["protocol"]
    error = worded(error, protocol)
    match protocol:
        case "json":
            return _json_error(error, request_id, "application/x-amz-json-1.1")
        case "rest-json":
            return _json_error(error, request_id, "application/json")
        case "rest-xml":
            return _s3_error(error, request_id, resource)
        case "ec2":
            return _ec2_error(error, request_id)
    return _query_error(service, error, request_id)


def _query_error(service: str, error: AwsError, request_id: str) -> WireResponse:
    try:
        namespace = operation_service(service).metadata["xmlNamespace"]
    except (AwsError, KeyError):
        namespace = "http://webservices.amazon.com/AWSFault/2005-15-09"
    fault = "Sender" if error.status < 500 else "Receiver"
    body = (
        f'<ErrorResponse xmlns="{namespace}"><Error><Type>{fault}</Type>'
        f"<Code>{xml_text(error.code)}</Code><Message>{xml_text(error.message)}</Message></Error>"
        f"<RequestId>{request_id}</RequestId></ErrorResponse>"
    )
    response = _response(error.status, _XML, body, request_id)
    response.headers["x-amzn-ErrorType"] = error.code
    return response


def _ec2_error(error: AwsError, request_id: str) -> WireResponse:
    body = (
        f"{_DECLARATION}<Response><Errors><Error><Code>{xml_text(error.code)}</Code>"
        f"<Message>{xml_text(error.message)}</Message></Error></Errors>"
        f"<RequestID>{request_id}</RequestID></Response>"
    )
    return _response(error.status, f"{_XML};charset=UTF-8", body, request_id)


def _json_error(error: AwsError, request_id: str, content_type: str) -> WireResponse:
    body = json.dumps({"__type": error.code, "message": error.message}, ensure_ascii=False)
    response = _response(error.status, content_type, body, request_id)
    response.headers["x-amzn-ErrorType"] = error.code
    return response


def _s3_error(error: AwsError, request_id: str, resource: str) -> WireResponse:
    details = {"Resource": resource, **error.details} if resource else error.details
    more = "".join(f"<{name}>{xml_text(value)}</{name}>" for name, value in details.items())
    body = (
        f"{_DECLARATION}<Error><Code>{xml_text(error.code)}</Code>"
        f"<Message>{xml_text(error.message)}</Message>{more}"
        f"<RequestId>{request_id}</RequestId><HostId>{request_id}</HostId></Error>"
    )
    headers = {
        "Content-Type": "application/xml",
        "x-amz-request-id": request_id,
        "x-amz-id-2": request_id,
    }
    if "Region" in error.details:
        headers["x-amz-bucket-region"] = error.details["Region"]
    return WireResponse(error.status, headers, body.encode("utf-8", "replace"))
