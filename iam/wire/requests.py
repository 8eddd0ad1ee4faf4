"""A request and a response as sent over the wire."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote_to_bytes


def _text(encoded: str) -> str:
    """Percent-decode; a plus stays a plus, and invalid UTF-8 becomes a replacement character."""
    return unquote_to_bytes(encoded).decode("utf-8", "replace")


@dataclass(frozen=True)
class WireRequest:
    """Method, path (its bytes, percent-decoded), query string as sent, headers by lower-case name.

    `prefix` is the part of the path that leads to the endpoint and is signed with the rest.
    """

    method: str
    path: bytes
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    prefix: bytes = b""

    @cached_property
    def parameters(self) -> list[tuple[str, str]]:
        """Return the query's decoded parameters in order; one without `=` has an empty value."""
        pairs = (piece.partition("=") for piece in self.query.split("&") if piece)
        return [(_text(name), _text(value)) for name, _, value in pairs]

    @cached_property
    def arguments(self) -> dict[str, str]:
        """Return the query's parameters by name; if a name was sent twice, the first counts."""
        return dict(reversed(self.parameters))

    @property
    def resource(self) -> bytes:
        return self.path[len(self.prefix) :]


@dataclass
class WireResponse:
    """Status, headers and body of an answer."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
