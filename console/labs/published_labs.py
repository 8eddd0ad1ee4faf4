"""Labs published on this site: rows that every worker reads, and files that each opens once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q, QuerySet

from console.labs.files import LabError, LabFile, lab_of_files
from console.labs.files.new_lab import SLUG
from console.labs.models import Lab, LabVersion
from iam.models.prepared_queries import Prepared

DRAFT = "~draft"
"""What follows a lab's name where its author tries a draft of it: no name of a lab ends so."""


@lru_cache(maxsize=256)
def open_version(pk: int, digest: str, slug: str) -> LabFile:
    """Return the lab of a version; raises LabError for a format that is read no more."""
    del digest, slug  # a key that was given to another version names other files
    version = LabVersion.objects.select_related("lab").get(pk=pk)
    return lab_of_files(version.lab.slug, version.files)


def _current(slug: str) -> QuerySet[LabVersion]:
    return LabVersion.objects.filter(current_of__slug=slug).only("hash").order_by()


_CURRENT = Prepared(_current)


def _opened(pk: int, digest: str, slug: str) -> LabFile | None:
    try:
        return open_version(pk, digest, slug)
    except LabError:
        return None


def published_lab(slug: str) -> LabFile | None:
    """Return a lab of this site as it is now, or the draft that its author tries; one query."""
    if not SLUG.fullmatch(slug.removesuffix(DRAFT)):
        return None
    version = _CURRENT.first(slug)
    return _opened(version.pk, version.hash, slug) if version else None


@dataclass(frozen=True)
class SiteLabs:
    """What this site has of labs: its own by slug, those that nobody may begin, and their places.

    A lab has a place where an administrator has ordered its track.
    """

    labs: Mapping[str, LabFile]
    closed: frozenset[str]
    places: Mapping[str, int]


def published_labs() -> SiteLabs:
    """Return the labs of this site, and how it lists any; one query."""
    wanted = Q(enabled=False) | Q(current__isnull=False) | Q(place__isnull=False)
    found, closed, places = {}, set(), {}
    rows = Lab.objects.filter(wanted).order_by("slug")
    for slug, enabled, place, pk, digest in rows.values_list(
        "slug", "enabled", "place", "current_id", "current__hash"
    ):
        if not enabled:
            closed.add(slug)
        if place is not None:
            places[slug] = place
        lab = _opened(pk, digest, slug) if digest and not slug.endswith(DRAFT) else None
        if lab is not None:
            found[slug] = lab
    return SiteLabs(found, frozenset(closed), places)
