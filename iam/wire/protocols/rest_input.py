"""Requests of the REST protocols: members in the path, the query, the headers and the body."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from iam.wire.checksums import refuse_wrong_checksum, refuse_wrong_md5
from iam.wire.errors import AwsError
from iam.wire.protocols.scalars import Unreadable, read
from iam.wire.protocols.xml_documents import Element, NotXml, read_xml
from iam.wire.requests import WireRequest

if TYPE_CHECKING:
    from botocore.model import ListShape, MapShape, OperationModel, Shape, StructureShape

ReadBody = Callable[["StructureShape", bytes], dict[str, Any]]
_UNCHECKED = {"PutBucketAcl", "PutObjectAcl"}
"""Operations that S3 takes without the checksum that their model requires (s3cmd issue 1304)."""


def malformed_xml() -> AwsError:
    """Return S3's error for a body that is no XML, or the wrong XML."""
    return AwsError(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema",
    )


def read_request(
    model: OperationModel,
    request: WireRequest,
    in_path: dict[str, str],
    read_body: ReadBody | None = None,
) -> dict[str, Any]:
    """Return an operation's parameters; `in_path` has those of its address.

    `read_body` reads a document of the body, which is XML without it.
    """
    shape = model.input_shape
    _refuse_altered(model, request)
    if shape is None:
        return {}
    params: dict[str, Any] = {}
    for name, member in shape.members.items():
        place = member.serialization.get("location")
        sent = str(member.serialization.get("name", name))
        found: Any = None
        match place:
            case "uri":
                found = in_path.get(sent)
            case "querystring":
                found = _scalar(member, request.arguments.get(sent), sent)
            case "header":
                found = _header(member, request.headers.get(sent.lower()), sent)
            case "headers":
                found = _prefixed(request, sent.lower())
        if found is not None:
            params[name] = found
    params.update(_body(shape, request, read_body or _document))
    return params


def _refuse_altered(model: OperationModel, request: WireRequest) -> None:
    """Raise if the body does not match its checksums, for operations that have any."""
    refuse_wrong_md5(request)
    wanted = model.http_checksum or {}
    if "requestAlgorithmMember" in wanted:
        required = bool(wanted.get("requestChecksumRequired")) and model.name not in _UNCHECKED
        refuse_wrong_checksum(request.headers, request.body, required=required)


def _unreadable(name: str, value: str) -> AwsError:
    details = {"ArgumentName": name, "ArgumentValue": value[:1024]}
    message = f"Provided argument {name} cannot be read"
    return AwsError("InvalidArgument", message, details=details)


def _scalar(shape: Shape, text: str | None, name: str) -> Any:
    if text is None:
        return None
    try:
        return read(shape, text)
    except Unreadable:
        raise _unreadable(name, text) from None


def _header(shape: Shape, text: str | None, name: str) -> Any:
    if text is None:
        return None
    if shape.type_name == "list":
        return [_scalar(shape.member, one.strip(), name) for one in text.split(",")]
    return _scalar(shape, text, name)


def _prefixed(request: WireRequest, prefix: str) -> dict[str, str] | None:
    found = {
        name[len(prefix) :]: value
        for name, value in request.headers.items()
        if name.startswith(prefix)
    }
    return found or None


def _body(shape: StructureShape, request: WireRequest, read_body: ReadBody) -> dict[str, Any]:
    payload = shape.serialization.get("payload")
    if payload:
        member = shape.members[payload]
        if member.type_name == "structure":
            return {payload: read_body(member, request.body)} if request.body else {}
        return {payload: _raw(member, request.body)} if request.body else {}
    in_body = [m for m in shape.members.values() if "location" not in m.serialization]
    return read_body(shape, request.body) if in_body and request.body else {}


def _raw(shape: Shape, body: bytes) -> bytes | str:
    return body if shape.type_name == "blob" else body.decode("utf-8", "replace")


def _document(shape: StructureShape, body: bytes) -> dict[str, Any]:
    try:
        root = read_xml(body)
    except NotXml:
        raise malformed_xml() from None
    return _structure(shape, root)


def _value(shape: Shape, element: Element) -> Any:
    match shape.type_name:
        case "structure":
            return _structure(shape, element)
        case "list":
            inner = str(shape.member.serialization.get("name", "member"))
            return [_value(shape.member, one) for one in element.all(inner)]
        case "map":
            return _map(shape, element)
    try:
        return read(shape, element.text)
    except Unreadable:
        raise malformed_xml() from None


def _structure(shape: StructureShape, element: Element) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, member in shape.members.items():
        if "location" in member.serialization:
            continue
        value = _member(member, element, str(member.serialization.get("name", name)))
        if value is not None:
            found[name] = value
    return found


def _member(member: Shape, element: Element, sent: str) -> Any:
    if member.serialization.get("xmlAttribute"):
        return element.attributes.get(sent)
    if member.type_name == "list" and member.serialization.get("flattened"):
        return _flat_list(member, element, sent)
    children = element.all(sent)
    return _value(member, children[0]) if children else None


def _flat_list(shape: ListShape, element: Element, sent: str) -> list[Any] | None:
    name = str(shape.member.serialization.get("name", sent))
    items = element.all(name) or element.all(sent)
    return [_value(shape.member, one) for one in items] or None


def _map(shape: MapShape, element: Element) -> dict[str, Any]:
    found = {}
    for entry in element.all("entry"):
        key, value = entry.all("key"), entry.all("value")
        if not key or not value:
            raise malformed_xml()
        found[key[0].text] = _value(shape.value, value[0])
    return found
