"""The endpoint's addresses: one for all services, and STS's global and regional ones beside it."""

from dataclasses import dataclass

from iam.catalogue.regions import HOME_REGION, is_global, region_codes
from iam.wire.errors import AwsError

ROOT = "/aws"
_STS = b"/aws/sts/"
_GLOBAL = "global"


@dataclass(frozen=True)
class Address:
    """The part of the path that leads to the service, and the region it names ("" for none)."""

    prefix: bytes = ROOT.encode()
    region: str = ""
    is_global: bool = False


def address_of(service: str, path: bytes) -> Address:
    """Return the address that a request to a service was sent to; S3 uses the rest of the path."""
    if service != "sts" or not path.startswith(_STS):
        return Address()
    name = path.removeprefix(_STS).removesuffix(b"/").decode("ascii", "replace")
    if name == _GLOBAL:
        return Address(path, HOME_REGION, is_global=True)
    if name in region_codes():
        return Address(path, name)
    return Address()


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
