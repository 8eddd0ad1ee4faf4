"""Results as JSON, by the shapes of the models."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from botocore.model import Shape


def json_value(shape: Shape, value: Any) -> Any:
    """Return a value as the JSON protocol sends it: times as seconds, bytes in base 64."""
    match shape.type_name:
        case "structure":
            return {
                str(member.serialization.get("name", name)): json_value(member, value[name])
                for name, member in shape.members.items()
                if value.get(name) is not None
            }
        case "list":
            return [json_value(shape.member, one) for one in value]
        case "map":
            return {key: json_value(shape.value, one) for key, one in value.items()}
        case "timestamp":
            return value.timestamp()
        case "blob":
            return b64encode(value if isinstance(value, bytes) else str(value).encode()).decode()
    return value
