"""The labs of the library, read once in each process."""

from functools import lru_cache

from console.labs.files import LabError, LabFile, read_lab
from console.labs.library import LIBRARY, slugs


@lru_cache(maxsize=1)
def all_labs() -> dict[str, LabFile]:
    """Return every lab that can be read, by its slug."""
    found = {}
    for slug in slugs():
        try:
            found[slug] = read_lab(LIBRARY / slug)
        except LabError:  # `manage.py lab lint` shows its faults
            continue
    return found


def find_lab(slug: str) -> LabFile | None:
    return all_labs().get(slug)
