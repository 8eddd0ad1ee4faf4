"""The endpoint's addresses: one for all services, and STS's global and regional ones beside it."""

from dataclasses import dataclass

from iam.catalogue.regions import HOME_REGION, is_global, region_codes
from iam.wire.errors import AwsError

ROOT = "/aws"
_STS = b"/aws/sts/"
_GLOBAL = "global"


@dataclass(frozen=True)
class Address:
    """What of the path leads to the service, and the region it names ("" for none)."""

    prefix: bytes = ROOT.encode()
    region: str = ""
    is_global: bool = False


def address_of(service: str, path: bytes) -> Address:
    """Return the address a request to a service was sent to; S3 has the rest of it for itself."""
    if service != "sts" or not path.startswith(_STS):
        return Address()
    name = path.removeprefix(_STS).removesuffix(b"/").decode("ascii", "replace")
    if name == _GLOBAL:
        return Address(path, HOME_REGION, is_global=True)
    if name in region_codes():
        return Address(path, name)
    return Address()


def region_of(service: str, address: Address, scope_region: str) -> str:
    """Return the region a signed request is for.

    A global service has one region, whatever its clients sign for. A regional STS endpoint takes
    only what is signed for it.
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
