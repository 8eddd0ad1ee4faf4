"""Requests of the query protocol: `Tags.member.1.Key=…`; EC2's dialect of it: `Tag.1.Key=…`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from iam.wire.errors import AwsError
from iam.wire.protocols.scalars import Unreadable, read

if TYPE_CHECKING:
    from botocore.model import ListShape, MapShape, Shape, StructureShape

_MOST_DOTS = 60


class Tree(dict[str, "Tree"]):
    """Flat parameters as a tree of their dotted names; `text` is a name's own value."""

    text: str | None = None


def tree_of(flat: Mapping[str, str]) -> Tree:
    """Return flat parameters as a tree."""
    root = Tree()
    for name, value in flat.items():
        if name.count(".") > _MOST_DOTS:
            raise _malformed(name)
        node = root
        for part in name.split("."):
            node = node.setdefault(part, Tree())
        node.text = value
    return root


def _malformed(name: str) -> AwsError:
    return AwsError("MalformedInput", f"The value of the parameter {name[:256]} cannot be read.")


def read_parameters(shape: StructureShape | None, flat: Mapping[str, str], *, ec2: bool) -> Any:
    """Return an operation's parameters by the shape of its input; others are ignored."""
    if shape is None:
        return {}
    return _Reader(ec2=ec2).structure(shape, tree_of(flat), "")


class _Reader:
    def __init__(self, *, ec2: bool) -> None:
        self.ec2 = ec2

    def value(self, shape: Shape, node: Tree, path: str) -> Any:
        match shape.type_name:
            case "structure":
                return self.structure(shape, node, path)
            case "list":
                return self._list(shape, node, path)
            case "map":
                return self._map(shape, node, path)
        if node.text is None:
            raise _malformed(path)
        try:
            return read(shape, node.text)
        except Unreadable:
            raise _malformed(path) from None

    def structure(self, shape: StructureShape, node: Tree, path: str) -> dict[str, Any]:
        read = {}
        for name, member in shape.members.items():
            sent = self._name(member, name)
            found = node.get(sent)
            if found is not None:
                read[name] = self.value(member, found, f"{path}.{sent}" if path else sent)
        return read

    def _name(self, shape: Shape, name: str) -> str:
        """Return the name under which a member is sent; a flat list has the name of its members."""
        said = shape.serialization
        if self.ec2:
            own = said.get("queryName")
            if own:
                return str(own)
            located = str(said.get("name", name))
            return located[:1].upper() + located[1:]
        if shape.type_name == "list" and said.get("flattened"):
            inner = shape.member.serialization.get("name")
            if inner:
                return str(inner)
        return str(said.get("name", name))

    def _list(self, shape: ListShape, node: Tree, path: str) -> list[Any]:
        flat = self.ec2 or shape.serialization.get("flattened")
        inner = shape.member.serialization.get("name", "member")
        items = node if flat else node.get(inner, Tree())
        prefix = path if flat else f"{path}.{inner}"
        return [
            self.value(shape.member, item, f"{prefix}.{number}")
            for number, item in _numbered(items, prefix)
        ]

    def _map(self, shape: MapShape, node: Tree, path: str) -> dict[str, Any]:
        flat = shape.serialization.get("flattened")
        entries = node if flat else node.get("entry", Tree())
        key_name = shape.key.serialization.get("name", "key")
        value_name = shape.value.serialization.get("name", "value")
        read = {}
        for number, entry in _numbered(entries, path):
            where = f"{path}.entry.{number}"
            key, value = entry.get(key_name), entry.get(value_name)
            if key is None or value is None:
                raise _malformed(where)
            read[str(self.value(shape.key, key, where))] = self.value(shape.value, value, where)
        return read


def _numbered(items: Tree, path: str) -> Iterator[tuple[int, Tree]]:
    """Yield a list's items in the order of their numbers; numbers may be missing."""
    numbered = []
    for name, item in items.items():
        if not name.isascii() or not name.isdigit() or len(name) > 9:
            raise _malformed(f"{path}.{name}")
        numbered.append((int(name), item))
    yield from sorted(numbered, key=lambda pair: pair[0])
