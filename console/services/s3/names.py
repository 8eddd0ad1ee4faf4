"""The names of buckets and keys of objects that S3 accepts."""

import re
from hashlib import sha256
from ipaddress import AddressValueError, IPv4Address

from iam.wire.errors import AwsError

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_RESERVED_STARTS = ("xn--", "sthree-", "amzn-s3-demo-")
_RESERVED_ENDS = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")
_MAX_KEY_BYTES = 1024


def _is_address(name: str) -> bool:
    try:
        IPv4Address(name)
    except AddressValueError:
        return False
    return True


def is_bucket_name(name: str) -> bool:
    """Return whether S3 accepts the name of a bucket."""
    return (
        _NAME.fullmatch(name) is not None
        and ".." not in name
        and not name.startswith(_RESERVED_STARTS)
        and not name.endswith(_RESERVED_ENDS)
        and not _is_address(name)
    )


def refuse_key(key: str) -> None:
    """Raise S3's error for a key that no object can have."""
    if "\0" in key:
        raise AwsError("InvalidURI", "Couldn't parse the specified URI.", members=("Key",))
    if len(key.encode()) > _MAX_KEY_BYTES:
        raise AwsError("KeyTooLongError", "Your key is too long", members=("Key",))


def owner_of(account_id: str) -> dict[str, str]:
    """Return an account as an owner in S3, by its canonical user ID."""
    return {"ID": sha256(f"canonical user of {account_id}".encode()).hexdigest()}
