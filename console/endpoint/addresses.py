"""The endpoint's addresses: one for all services, and STS's global and regional ones beside it.

A signed request is answered at any other path, too, for clients that know only a host and a port.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from iam.catalogue.regions import HOME_REGION, is_global, region_codes
from iam.wire.errors import AwsError
from iam.wire.requests import WireRequest
from iam.wire.signatures import ALGORITHM

ROOT = "/aws"
METADATA_ROOT = "/imds/"
_STS = b"/aws/sts/"
_GLOBAL = "global"
_SIGNED_QUERY = ("X-Amz-Algorithm=", "X-Amz-Signature=", "AWSAccessKeyId=")  # versions 4 and 2


@dataclass(frozen=True)
class Address:
    """The part of the path that leads to the service, and the region it names ("" for none)."""

    prefix: bytes
    region: str = ""
    is_global: bool = False


def prefix_of(path: str) -> str:
    """Return the part of a path that leads to the endpoint."""
    return ROOT if path == ROOT or path.startswith(f"{ROOT}/") else ""


def is_for_the_endpoint(environ: Mapping[str, Any]) -> bool:
    """Return whether an AWS client sent this: to the endpoint's path, or with its signature."""
    path = environ["PATH_INFO"]
    if path.startswith(METADATA_ROOT):
        return False
    if prefix_of(path):
        return True
    query = environ.get("QUERY_STRING", "")
    signed = environ.get("HTTP_AUTHORIZATION", "").startswith(ALGORITHM)
    return signed or (bool(query) and any(name in query for name in _SIGNED_QUERY))


def address_of(service: str, request: WireRequest) -> Address:
    """Return the address that a request to a service was sent to; S3 uses the rest of the path."""
    path = request.path
    if service != "sts" or not path.startswith(_STS):
        return Address(request.prefix)
    name = path.removeprefix(_STS).removesuffix(b"/").decode("ascii", "replace")
    if name == _GLOBAL:
        return Address(path, HOME_REGION, is_global=True)
    if name in region_codes():
        return Address(path, name)
    return Address(request.prefix)


def region_of(service: str, address: Address, scope_region: str) -> str:
    """Return the region of a signed request.

    A global service has one region, whatever its clients sign for. A regional STS endpoint accepts
    only requests signed for its region.
    """
    if is_global(service):
        return HOME_REGION
    if address.region and not address.is_global and address.region != scope_region:
        raise AwsError(
            "SignatureDoesNotMatch",
            f"Credential should be scoped to a valid region, not '{scope_region}'. ",
            403,
        )
    return address.region or scope_region
