"""AWS's service principals: which names exist, which do not, and which nobody here can tell."""

from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import Any

from iam.catalogue.editions import read_json
from iam.catalogue.regions import codes_of_all_partitions, is_opt_in
from iam.catalogue.services import services

_SUFFIX = ".amazonaws.com"
_OTHER_SUFFIXES = (".amazonaws.eu", ".aws.internal", ".c2s.ic.gov", ".sc2s.sgov.gov")
"""Other partitions' names, which are not listed here."""
_SHORTEST = 4
"""A shorter name is one slip away from too many others."""


class Standing(Enum):
    """Whether a name is a service principal."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    """Neither listed nor like a listed one: services are added each month."""
    WRONG = "wrong"


def standing_of(name: str) -> Standing:
    """Return whether AWS takes a name as a service principal, as far as is known here."""
    if name in _data()["elsewhere"]:
        return Standing.KNOWN
    if name in dict(_data()["refused"]):
        return Standing.WRONG
    own = name.removesuffix(".cn").removesuffix(_SUFFIX)
    if own in {name, name.removesuffix(".cn")}:
        return Standing.UNKNOWN if name.endswith(_OTHER_SUFFIXES) else Standing.WRONG
    service, _, region = own.rpartition(".")
    if service and region in codes_of_all_partitions():
        return _regional(service, region)
    if own in _names():
        return Standing.KNOWN
    return Standing.WRONG if _meant(own) else Standing.UNKNOWN


def did_you_mean(name: str) -> str:
    """Return a hint at the service principal that a wrong name was meant to be; may be empty."""
    own = name.removesuffix(_SUFFIX)
    service, _, region = own.rpartition(".")
    if region in codes_of_all_partitions():
        own = service
    label = own if own != name else name.partition(".")[0]
    meant = label if label in _names() else _meant(label)
    return f"Did you mean {meant}{_SUFFIX}?" if meant else ""


def _regional(service: str, region: str) -> Standing:
    """A service's name in a Region: some take it, all do where a Region has to be opted in to."""
    if service not in _names():
        return Standing.WRONG if _meant(service) else Standing.UNKNOWN
    if service in _data()["regional"] or is_opt_in(region):
        return Standing.KNOWN
    return Standing.WRONG if service in dict(_data()["global"]) else Standing.UNKNOWN


def _meant(own: str) -> str:
    """The listed name that is one slip away: a character more, less or other, or two swapped."""
    if len(own) < _SHORTEST:
        return ""
    return next((one for one in sorted(_names()) if _one_slip(own, one)), "")


def _one_slip(typed: str, meant: str) -> bool:
    if abs(len(typed) - len(meant)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if start is None:
        return len(typed) != len(meant)
    rest, other = typed[start:], meant[start:]
    return (
        rest[1:] == other[1:]
        or rest[1:] == other
        or rest == other[1:]
        or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    )


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_json("service_principals.json")
    return found


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """The names without their suffix; each service's prefix may be one, too."""
    return frozenset({*_data()["principals"], *(one.prefix for one in services())})
