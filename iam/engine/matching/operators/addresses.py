"""IpAddress and NotIpAddress: version 4 and 6, single addresses and CIDR ranges."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from iam.engine.matching.operators.operator import Operator, ValueTest, never
from iam.engine.request import Keys


def _network(text: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(text.strip(), strict=False)
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_network(text: str) -> bool:
    return _network(text) is not None


def _is_address(text: str) -> bool:
    return _address(text) is not None


def _within(text: str, variables: bool) -> ValueTest:
    network = _network(text)
    if network is None:
        return never

    def test(value: str, keys: Keys) -> bool:
        address = _address(value)
        return address is not None and address in network

    return test


OPERATORS = (
    Operator("IpAddress", _within, well_formed=_is_network),
    Operator("NotIpAddress", _within, negated=True, well_formed=_is_network, readable=_is_address),
)
