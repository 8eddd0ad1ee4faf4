"""The tracks of the library: which labs belong together, and in which order they are taught."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import yaml

from console.labs.catalog import all_labs
from console.labs.files import LabFile
from console.labs.library import LIBRARY


@dataclass(frozen=True)
class Track:
    """A track with its labs in teaching order; one that is not in the library is left out."""

    slug: str
    title: str
    about: str
    labs: Sequence[LabFile]


@lru_cache(maxsize=1)
def all_tracks() -> tuple[Track, ...]:
    """Return the tracks in order; labs that no track names come last, among themselves."""
    labs = dict(all_labs())
    found = []
    for data in yaml.safe_load((LIBRARY / "tracks.yaml").read_text(encoding="utf-8")):
        own = [lab for slug in data["labs"] if (lab := labs.pop(slug, None))]
        found.append(Track(data["slug"], data["title"], data["about"], own))
    more = sorted(labs.values(), key=lambda one: (one.level, one.title))
    found.append(Track("more", "More labs", "Labs outside the tracks.", more))
    return tuple(track for track in found if track.labs)


def track_of(lab: LabFile) -> Track:
    """Return the track that a lab belongs to."""
    slug = lab.slug
    return next(track for track in all_tracks() if any(one.slug == slug for one in track.labs))


def next_lab(lab: LabFile) -> LabFile | None:
    """Return the lab that is taught after one, in the next track too; None after the last."""
    order = [one for track in all_tracks() for one in track.labs]
    place = [one.slug for one in order].index(lab.slug) + 1
    return order[place] if place < len(order) else None
