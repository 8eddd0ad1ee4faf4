"""Values of a request context that come with a type, as AWS's policy simulator takes them."""

import base64
import binascii
from collections.abc import Callable
from ipaddress import ip_address

from iam.engine.matching.operators.dates import moment
from iam.engine.matching.operators.numbers import number


def _is_number(text: str) -> bool:
    return text == text.strip() and number(text) is not None


def _is_date(text: str) -> bool:
    return moment(text) is not None


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_base64(text: str) -> bool:
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return base64.b64encode(decoded).decode() == text


_FORMATS: dict[str, tuple[Callable[[str], bool], str]] = {
    "numeric": (_is_number, "numeric format"),
    "date": (_is_date, "DateTime format"),
    "ip": (_is_address, "IP address"),
    "binary": (_is_base64, "base-64 encoded binary format"),
}


def expected_format(kind: str, value: str) -> str:
    """Return what a value of a type (`date`, `ipList`…) should have been; empty if it is that."""
    is_well_formed, name = _FORMATS.get(kind.removesuffix("List"), (None, ""))
    return "" if is_well_formed is None or is_well_formed(value) else name


def typed_value(kind: str, value: str) -> str:
    """Return a value as conditions compare it: whatever is not true is a boolean's false."""
    if kind.removesuffix("List") == "boolean":
        return str(value.lower() == "true").lower()
    return value
