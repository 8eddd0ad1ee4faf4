"""Private addresses in aws:SourceIp, which holds the address a request has in the internet."""

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network

from iam.engine.findings.finding import UnplacedFinding, finding
from iam.engine.findings.statement_reading import StatementReading

_RANGES = (
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "fc00::/7",
)  # fmt: skip
_PRIVATE = tuple(map(ip_network, _RANGES))


def statement_findings(statement: StatementReading) -> Iterator[UnplacedFinding]:
    """Find conditions on the source address with private ranges."""
    for condition in statement.conditions():
        name = condition.used.operator.name
        if condition.name != "aws:sourceip" or not name.endswith("IpAddress"):
            continue
        found = [_is_private(value) for value in condition.values]
        code = "PRIVATE_NOT_IP_ADDRESS" if name.startswith("Not") else "PRIVATE_IP_ADDRESS"
        if found and all(found):
            yield finding(code, condition.path)
        elif any(found):
            yield finding(f"{code}_SUBSET", condition.path)


def _is_private(text: str) -> bool:
    try:
        network = ip_network(text.strip(), strict=False)
    except ValueError:
        return False
    return any(_within(network, private) for private in _PRIVATE)


def _within(inner: IPv4Network | IPv6Network, outer: IPv4Network | IPv6Network) -> bool:
    if isinstance(inner, IPv4Network) and isinstance(outer, IPv4Network):
        return inner.subnet_of(outer)
    if isinstance(inner, IPv6Network) and isinstance(outer, IPv6Network):
        return inner.subnet_of(outer)
    return False
