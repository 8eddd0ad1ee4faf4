"""The time zones that a class may be in."""

from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from zoneinfo import TZPATH, available_timezones

_REGIONS = (
    "Africa", "America", "Antarctica", "Asia", "Atlantic",
    "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip


@lru_cache(maxsize=1)
def known_zones() -> tuple[str, ...]:
    """Return UTC, then the zones of places by their names, older names too."""
    named = (zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return ("UTC", *sorted(named))


@lru_cache(maxsize=1)
def offered_zones() -> tuple[str, ...]:
    """Return UTC, then the zones by the names of today, without `US/Eastern` and its like."""
    listed = _listed() or {zone for zone in known_zones() if zone.startswith(_REGIONS)}
    return ("UTC", *(zone for zone in known_zones() if zone in listed))


def _listed() -> set[str]:
    """Return the zones of the time zone database's own list, if this machine has it."""
    places: list[Traversable] = [Path(folder) for folder in TZPATH]
    with suppress(ModuleNotFoundError):
        places.append(files("tzdata") / "zoneinfo")
    for place in places:
        table = place / "zone.tab"
        if table.is_file():
            lines = table.read_text("utf-8").splitlines()
            return {line.split("\t")[2] for line in lines if line and not line.startswith("#")}
    return set()
