"""Labs published on this site: rows that every worker reads, and files that each opens once."""

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


def published_labs() -> tuple[dict[str, LabFile], frozenset[str]]:
    """Return the labs of this site by slug, and which labs nobody may begin; one query."""
    rows = Lab.objects.filter(Q(enabled=False) | Q(current__isnull=False))
    found, closed = {}, set()
    for slug, enabled, pk, digest in rows.order_by("slug").values_list(
        "slug", "enabled", "current_id", "current__hash"
    ):
        if not enabled:
            closed.add(slug)
        lab = _opened(pk, digest, slug) if digest and not slug.endswith(DRAFT) else None
        if lab is not None:
            found[slug] = lab
    return found, frozenset(closed)
