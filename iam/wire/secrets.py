"""Removing passwords, keys and tokens, which the models mark as `sensitive`."""

from __future__ import annotations

from collections.abc import Mapping
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


def _member(shape: Shape | None, name: object) -> Shape | None:
    if shape is None:
        return None
    if shape.type_name == "structure":
        member: Shape | None = shape.members.get(name)
        return member
    return shape.value if shape.type_name == "map" else None
