"""The routes of rest-xml services: from a method and an address to an operation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from iam.wire.errors import AwsError
from iam.wire.requests import WireRequest
from iam.wire.shapes import operation_model, operation_service

if TYPE_CHECKING:
    from botocore.model import OperationModel

# Not addressed by bucket and key: only S3 Object Lambda calls it.
_LEFT_OUT = {"WriteGetObjectResponse"}


@dataclass(frozen=True)
class _Route:
    """An operation, and the query arguments and headers that its address must have."""

    operation: str
    fixed: tuple[tuple[str, str], ...]
    arguments: tuple[str, ...]
    headers: tuple[str, ...]
    old: bool

    @property
    def rank(self) -> tuple[int, bool, int]:
        """Return a sort key: specific routes first, deprecated ones last, then short names."""
        wants = len(self.fixed) * 10 + len(self.arguments) + len(self.headers)
        return (-wants, self.old, len(self.operation))

    def fits(self, request: WireRequest) -> bool:
        """Return whether a request has all that the operation requires of its address."""
        given = request.arguments
        return (
            all(name in given and (not v or given[name] == v) for name, v in self.fixed)
            and all(name in given for name in self.arguments)
            and all(name in request.headers for name in self.headers)
        )


@lru_cache(maxsize=4)
def _routes(service: str) -> dict[tuple[str, int], list[_Route]]:
    """Return the routes by method and number of parts (bucket, key) in the address."""
    routes: dict[tuple[str, int], list[_Route]] = {}
    for name in operation_service(service).operation_names:
        if name in _LEFT_OUT:
            continue
        model = operation_model(f"{service}:{name}")
        path, _, query = model.http["requestUri"].partition("?")
        route = _Route(
            f"{service}:{name}",
            tuple(parse_qsl(query, keep_blank_values=True)),
            _required(model, "querystring"),
            tuple(one.lower() for one in _required(model, "header")),
            bool(model.deprecated),
        )
        routes.setdefault((model.http["method"], path.count("{")), []).append(route)
    return {key: sorted(found, key=lambda one: one.rank) for key, found in routes.items()}


def _required(model: OperationModel, location: str) -> tuple[str, ...]:
    shape = model.input_shape
    if shape is None:
        return ()
    members = (shape.members[name] for name in shape.required_members)
    return tuple(
        one.serialization["name"]
        for one in members
        if one.serialization.get("location") == location and one.type_name != "list"
    )


def route(service: str, request: WireRequest) -> tuple[str, dict[str, str]]:
    """Return the operation and the names in the path; raises AwsError if there is none."""
    try:
        path = request.resource.decode()
    except UnicodeDecodeError:
        raise AwsError("InvalidURI", "Couldn't parse the specified URI.") from None
    bucket, _, key = path.removeprefix("/").partition("/")
    if key and not bucket:
        raise AwsError("InvalidBucketName", "The specified bucket is not valid.")
    parts = {"Bucket": bucket, "Key": key}
    named = {name: value for name, value in parts.items() if value}
    for one in _routes(service).get((request.method, len(named)), ()):
        if one.fits(request):
            return one.operation, named
    message = "The specified method is not allowed against this resource."
    raise AwsError("MethodNotAllowed", message, 405, details={"Method": request.method})
