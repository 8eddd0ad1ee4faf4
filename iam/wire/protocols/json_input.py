"""Requests of the JSON protocol."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from iam.wire.errors import AwsError
from iam.wire.protocols.scalars import Unreadable, read, timestamp

if TYPE_CHECKING:
    from botocore.model import Shape, StructureShape

_DEEPEST = 40
_KINDS: dict[str, tuple[type, ...]] = {
    "structure": (dict,),
    "map": (dict,),
    "list": (list,),
    "boolean": (bool,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "timestamp": (int, float, str),
}


def _unreadable(message: str) -> AwsError:
    return AwsError("SerializationException", message)


def read_document(shape: StructureShape | None, body: bytes) -> Any:
    """Return an operation's parameters; members that the shape does not have are ignored."""
    try:
        document = json.loads(body.decode() or "{}", parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise _unreadable("The request body is no valid JSON.") from None
    if not isinstance(document, dict):
        raise _unreadable("Start of structure or map found where not expected.")
    return _value(shape, document, 0) if shape is not None else {}


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _fits(kind: str, value: Any) -> bool:
    wanted = _KINDS.get(kind, (str,))
    return isinstance(value, wanted) and (bool in wanted or not isinstance(value, bool))


def _value(shape: Shape, value: Any, depth: int) -> Any:
    kind = shape.type_name
    if depth > _DEEPEST or not _fits(kind, value):
        message = f"{type(value).__name__.upper()}_VALUE cannot be converted to {kind.capitalize()}"
        raise _unreadable(message)
    match kind:
        case "structure":
            return {
                name: _value(member, value[name], depth + 1)
                for name, member in shape.members.items()
                if value.get(name) is not None
            }
        case "map":
            return {
                name: _value(shape.value, one, depth + 1)
                for name, one in value.items()
                if one is not None
            }
        case "list":
            return [_value(shape.member, one, depth + 1) for one in value if one is not None]
        case "blob" | "timestamp":
            return _from_text(shape, value)
    return value


def _from_text(shape: Shape, value: Any) -> Any:
    try:
        if shape.type_name == "timestamp":
            return timestamp(str(value))
        return read(shape, value)
    except Unreadable:
        raise _unreadable(f"{shape.name} cannot be read from what was sent.") from None
