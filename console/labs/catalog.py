"""The labs that there are: the library's, read once in each process, and those of this site."""

from functools import lru_cache

from console.labs.files import LabError, LabFile, read_known_lab
from console.labs.library import LIBRARY, slugs
from console.labs.models import Lab
from console.labs.published_labs import SiteLabs, published_lab, published_labs


@lru_cache(maxsize=1)
def all_labs() -> dict[str, LabFile]:
    """Return every lab of the library that can be read, by its slug."""
    return {slug: lab for slug in slugs() if (lab := library_lab(slug))}


@lru_cache(maxsize=256)
def library_lab(slug: str) -> LabFile | None:
    """Return a lab of the library, read once; None for one that cannot be read."""
    try:
        return read_known_lab(LIBRARY / slug)
    except LabError:  # `manage.py lab lint` shows its faults
        return None


def find_lab(slug: str) -> LabFile | None:
    """Return a lab as it is now, also one that nobody may begin; no query for the library's."""
    return all_labs().get(slug) or published_lab(slug)


def lab_title(slug: str) -> str:
    """Return what a lab is called; its name in addresses once it is gone."""
    lab = find_lab(slug)
    return lab.title if lab else slug


def known_labs(site: SiteLabs | None = None) -> dict[str, LabFile]:
    """Return the labs of the library and of this site by slug; one query."""
    site = site or published_labs()
    return {**site.labs, **all_labs()}


def open_labs(site: SiteLabs | None = None) -> dict[str, LabFile]:
    """Return the labs that a visitor may begin, by slug; one query."""
    site = site or published_labs()
    return {slug: lab for slug, lab in known_labs(site).items() if slug not in site.closed}


def is_open(slug: str) -> bool:
    """Return whether a visitor may begin a lab that there is."""
    return not Lab.objects.filter(slug=slug, enabled=False).exists()
