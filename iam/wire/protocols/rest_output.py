"""Results of the rest-xml protocol: members in the headers and in the body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from iam.wire.protocols.scalars import written
from iam.wire.protocols.xml_documents import xml_text
from iam.wire.protocols.xml_output import XmlWriter
from iam.wire.requests import WireResponse

if TYPE_CHECKING:
    from botocore.model import OperationModel, Shape, StructureShape

_NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
# The documents' root elements, where they differ from the names of the models' shapes.
_ROOTS = {
    "CompleteMultipartUpload": "CompleteMultipartUploadResult",
    "CreateMultipartUpload": "InitiateMultipartUploadResult",
    "DeleteObjects": "DeleteResult",
    "GetBucketAccelerateConfiguration": "AccelerateConfiguration",
    "GetBucketAcl": "AccessControlPolicy",
    "GetBucketLogging": "BucketLoggingStatus",
    "GetBucketNotificationConfiguration": "NotificationConfiguration",
    "GetBucketRequestPayment": "RequestPaymentConfiguration",
    "GetBucketTagging": "Tagging",
    "GetBucketVersioning": "VersioningConfiguration",
    "GetObjectAcl": "AccessControlPolicy",
    "GetObjectTagging": "Tagging",
    "ListBuckets": "ListAllMyBucketsResult",
    "ListMultipartUploads": "ListMultipartUploadsResult",
    "ListObjectVersions": "ListVersionsResult",
    "ListObjects": "ListBucketResult",
    "ListObjectsV2": "ListBucketResult",
    "ListParts": "ListPartsResult",
}


def rest_answer(model: OperationModel, result: Mapping[str, Any], request_id: str) -> WireResponse:
    """Return a result as S3 sends it; with a ContentRange its status is 206."""
    headers = {"x-amz-request-id": request_id, "x-amz-id-2": request_id}
    shape = model.output_shape
    status = int(model.http.get("responseCode", 200))
    if shape is None:
        return WireResponse(status, headers)
    headers |= sent_headers(shape, result)
    body, content_type = _body(model, shape, result)
    if content_type and "Content-Type" not in headers:
        headers["Content-Type"] = content_type
    return WireResponse(206 if result.get("ContentRange") else status, headers, body)


def sent_headers(shape: StructureShape, result: Mapping[str, Any]) -> dict[str, str]:
    """Return the members of a result that are headers."""
    headers = {}
    for name, member in shape.members.items():
        value, place = result.get(name), member.serialization.get("location")
        sent = str(member.serialization.get("name", name))
        if value is None:
            continue
        if place == "header":
            headers[sent] = _header(member, value)
        elif place == "headers":
            headers |= {f"{sent}{key}": str(one) for key, one in value.items()}
    return headers


def _header(shape: Shape, value: Any) -> str:
    if shape.type_name == "list":
        return ",".join(_header(shape.member, one) for one in value)
    return written(shape, value, "rfc822")


def _body(
    model: OperationModel, shape: StructureShape, result: Mapping[str, Any]
) -> tuple[bytes, str]:
    writer = XmlWriter("s3")
    payload = shape.serialization.get("payload")
    if model.name == "GetBucketLocation":
        place = xml_text(result.get("LocationConstraint") or "")
        return _document("LocationConstraint", place)
    if payload is None:
        if all("location" in member.serialization for member in shape.members.values()):
            return b"", ""
        return _document(_ROOTS.get(model.name, shape.name), writer.members(shape, result))
    return _payload(shape.members[payload], result.get(payload), writer)


def _payload(member: Shape, value: Any, writer: XmlWriter) -> tuple[bytes, str]:
    if value is None:
        return b"", ""
    if member.type_name == "structure":
        root = str(member.serialization.get("name", member.name))
        return _document(root, writer.members(member, value))
    if isinstance(value, bytes):
        return value, "binary/octet-stream"
    return str(value).encode("utf-8", "replace"), "application/json"


def _document(root: str, content: str) -> tuple[bytes, str]:
    text = f'{_DECLARATION}<{root} xmlns="{_NAMESPACE}">{content}</{root}>'
    return text.encode("utf-8", "replace"), "application/xml"
