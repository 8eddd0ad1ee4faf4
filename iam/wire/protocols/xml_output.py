"""Results as XML, by the shapes of the models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from iam.wire.protocols.scalars import written
from iam.wire.protocols.xml_documents import xml_text

if TYPE_CHECKING:
    from botocore.model import ListShape, MapShape, Shape, StructureShape

# IAM sends policy documents URL-encoded; its clients decode values of this shape.
_ENCODED = {"policyDocumentType"}
# What a member has that stands in a header, or in the opening tag.
_ELSEWHERE = {"location", "xmlAttribute"}


class XmlWriter:
    """Writes values of one service; `times` is the format of its timestamps."""

    def __init__(self, service: str, times: str = "iso8601") -> None:
        self.encoded = _ENCODED if service == "iam" else set[str]()
        self.times = times

    def members(self, shape: StructureShape, value: Mapping[str, Any]) -> str:
        """Return the elements of a structure's members, one after the other."""
        return "".join(
            self.member(member, name, value[name])
            for name, member in shape.members.items()
            if value.get(name) is not None and not _ELSEWHERE & member.serialization.keys()
        )

    def member(self, shape: Shape, name: str, value: Any) -> str:
        """Return a member under the name it is sent by."""
        sent = str(shape.serialization.get("name", name))
        if shape.type_name == "list" and shape.serialization.get("flattened"):
            inner = str(shape.member.serialization.get("name", sent))
            return "".join(self.element(shape.member, inner, one) for one in value)
        return self.element(shape, sent, value)

    def element(self, shape: Shape, tag: str, value: Any) -> str:
        match shape.type_name:
            case "structure":
                content = self.members(shape, value)
            case "list":
                content = self._list(shape, value)
            case "map":
                content = self._map(shape, value)
            case _:
                text = written(shape, value, self.times)
                content = quote(text, safe="") if shape.name in self.encoded else xml_text(text)
        return f"<{tag}{self._attributes(shape, value)}>{content}</{tag}>"

    def _list(self, shape: ListShape, value: list[Any]) -> str:
        inner = str(shape.member.serialization.get("name", "member"))
        return "".join(self.element(shape.member, inner, one) for one in value)

    def _map(self, shape: MapShape, value: Mapping[str, Any]) -> str:
        key_name = str(shape.key.serialization.get("name", "key"))
        value_name = str(shape.value.serialization.get("name", "value"))
        return "".join(
            f"<entry>{self.element(shape.key, key_name, key)}"
            f"{self.element(shape.value, value_name, one)}</entry>"
            for key, one in value.items()
        )

    def _attributes(self, shape: Shape, value: Any) -> str:
        """Return the namespace that some of S3's elements carry, and the type of a grantee."""
        namespace = shape.serialization.get("xmlNamespace")
        if not isinstance(namespace, dict) or not namespace.get("prefix"):
            return ""
        attributes = {f"xmlns:{namespace['prefix']}": namespace["uri"]} | {
            str(member.serialization["name"]): value[name]
            for name, member in getattr(shape, "members", {}).items()
            if "xmlAttribute" in member.serialization and name in value
        }
        return "".join(f' {name}="{xml_text(text)}"' for name, text in attributes.items())
