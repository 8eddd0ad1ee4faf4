"""Removing passwords, keys and tokens, which the models mark as `sensitive`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from iam.wire.shapes import is_modelled, operation_model

if TYPE_CHECKING:
    from botocore.model import Shape

MASK = "****"
_SECRET_NAMES = frozenset(
    {"Password", "OldPassword", "NewPassword", "SecretAccessKey", "SessionToken"}
    | {"SAMLAssertion", "WebIdentityToken", "Base32StringSeed", "PrivateKey"}
    | {"QRCodePNG", "TokenCode", "AuthenticationCode1", "AuthenticationCode2"}
)


def without_secrets(operation: str, params: Mapping[str, object]) -> dict[str, object]:
    """Return the parameters with each secret, however deep, replaced by `****`."""
    shape = operation_model(operation).input_shape if is_modelled(operation) else None
    return {name: masked(name, value, _member(shape, name)) for name, value in params.items()}


def masked(name: str, value: object, shape: Shape | None) -> object:
    """Return a value of the member `name` with the secrets in it replaced by `****`."""
    if value is None:
        return None
    if is_secret(name, shape):
        return MASK
    if isinstance(value, Mapping):
        return {key: masked(str(key), item, _member(shape, key)) for key, item in value.items()}
    if isinstance(value, list | tuple):
        inner = getattr(shape, "member", None)
        return [masked("", item, inner) for item in value]
    return value


def is_secret(name: str, shape: Shape | None) -> bool:
    """Return whether the member is secret, by AWS's model or by its name."""
    return name in _SECRET_NAMES or (shape is not None and bool(shape.metadata.get("sensitive")))


@lru_cache(maxsize=512)
def sensitive_names(operation: str) -> frozenset[str]:
    """Return the members, in lower case, that AWS's model marks as sensitive."""
    if not is_modelled(operation):
        return frozenset()
    model = operation_model(operation)
    return frozenset(chain(_sensitive(model.input_shape), _sensitive(model.output_shape)))


def _sensitive(shape: Shape | None, within: tuple[str, ...] = ()) -> Iterator[str]:
    if shape is None or shape.name in within:
        return
    inside = (*within, shape.name)
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if member.metadata.get("sensitive"):
                yield name.lower()
            yield from _sensitive(member, inside)
    elif shape.type_name == "list":
        yield from _sensitive(shape.member, inside)
    elif shape.type_name == "map":
        yield from _sensitive(shape.value, inside)


def _member(shape: Shape | None, name: object) -> Shape | None:
    if shape is None:
        return None
    if shape.type_name == "structure":
        member: Shape | None = shape.members.get(name)
        return member
    return shape.value if shape.type_name == "map" else None
