"""IDs of EC2's resources, and the zone they are in."""

import re
import secrets
from hashlib import sha256

_ID = re.compile(r"[a-z-]+-([0-9a-f]{8}|[0-9a-f]{17})", re.ASCII)


def new_id(prefix: str) -> str:
    """Return a new ID, such as i-0 and 16 hexadecimal digits."""
    return f"{prefix}-0{secrets.token_hex(8)}"


_COMPASS = {"northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw"}


def fixed_id(prefix: str, *parts: str) -> str:
    """Return the ID of a resource that every account has, the same each time."""
    digest = sha256("\x1f".join((prefix, *parts)).encode()).hexdigest()
    return f"{prefix}-0{digest[:16]}"


def is_id(prefix: str, text: str) -> bool:
    return text.startswith(f"{prefix}-") and _ID.fullmatch(text) is not None


def first_zone(region: str) -> str:
    return f"{region}a"


def zones_of(region: str) -> dict[str, str]:
    """Return three Availability Zones of a Region, the least that AWS has: IDs by name.

    `eu-west-2a` has the ID `euw2-az1` (EC2 user guide, *AZ IDs*); AWS shuffles names per account.
    """
    area, place, number = region.rsplit("-", 2) if region.count("-") > 1 else (region, "", "")
    initials = "".join(_COMPASS.get(word, word[:1]) for word in place.split("-"))
    short = f"{area.replace('-', '')}{initials}{number}"
    return {f"{region}{letter}": f"{short}-az{n}" for n, letter in enumerate("abc", start=1)}
