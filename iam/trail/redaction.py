"""Requests and responses as a record shows them: AWS's lower camel case, no secret in them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from iam.trail.identity import spelled_time

Secrets = frozenset[str]
_SECRETS = {
    "password",
    "oldpassword",
    "newpassword",
    "secretaccesskey",
    "base32stringseed",
    "qrcodepng",
    "privatekey",
    "addprivatekey",
    "samlassertion",
    "webidentitytoken",
    "tokencode",
    "authenticationcode1",
    "authenticationcode2",
    "body",
    # Lambda's request parameters that CloudTrail leaves out (its developer guide).
    "environment",
    "payload",
    "zipfile",
}

_MASKED = "<encoded session token blob>"
"""What a record shows instead of a token in the IAM user guide's examples."""
_TAGS = {"incomingtransitivetags", "principaltags"}
"""Mappings of tags, whose keys are the user's."""

# What clients add by themselves to a request over the wire, which CloudTrail does not keep.
_OF_THE_PROTOCOL = {
    "checksumalgorithm",
    "checksumcrc32",
    "checksumcrc32c",
    "checksumcrc64nvme",
    "checksumsha1",
    "checksumsha256",
    "contentlength",
    "contentmd5",
}
_LEFT_OUT = _SECRETS | _OF_THE_PROTOCOL


def lower_camel(name: str) -> str:
    """Return the name that a record has for a member of a request or response."""
    if name.isupper():
        return name.lower()
    return name[:1].lower() + name[1:]


def _storable(text: str) -> str:
    """Return a text without what a database's JSON refuses: NUL and halves of surrogate pairs."""
    return text.replace("\0", "?").encode("utf-8", "replace").decode()


def _member(name: str, value: Any, secrets: Secrets) -> Any:
    if name == "sessiontoken":
        return _MASKED
    if name in _TAGS and isinstance(value, Mapping):
        return {_storable(str(key)): _storable(str(one)) for key, one in value.items()}
    return redacted(value, secrets)


def redacted(value: Any, secrets: Secrets = frozenset()) -> Any:
    """Return a request or a response without its secrets, keys in lower camel case.

    `secrets` are the names, in lower case, that the operation's model marks as sensitive.
    """
    if isinstance(value, Mapping):
        return {
            _storable(lower_camel(str(key))): _member(name, one, secrets)
            for key, one in value.items()
            if (name := str(key).lower()) not in _LEFT_OUT and name not in secrets
        }
    if isinstance(value, list | tuple):
        return [redacted(one, secrets) for one in value]
    if isinstance(value, datetime):
        return spelled_time(value)
    if isinstance(value, bytes):
        return "***"
    return value if isinstance(value, bool | int | float | None) else _storable(str(value))
