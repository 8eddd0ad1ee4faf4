"""The tracks: which labs belong together, and in which order they are taught."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import yaml

from console.labs.catalog import all_labs, known_labs, open_labs
from console.labs.files import LabFile
from console.labs.library import LIBRARY
from console.labs.published_labs import published_labs


@dataclass(frozen=True)
class Track:
    """A track with its labs in teaching order; one that nobody may begin is left out."""

    slug: str
    title: str
    about: str
    labs: Sequence[LabFile]

    @property
    def core(self) -> Sequence[LabFile]:
        """Return the labs that finish the track: the library's, or all where none is of it."""
        return [lab for lab in self.labs if lab.slug in all_labs()] or self.labs


_MORE = Track("more", "More labs", "Labs outside the tracks.", ())


@lru_cache(maxsize=1)
def _declared() -> Sequence[Mapping[str, Any]]:
    declared: Sequence[Mapping[str, Any]] = yaml.safe_load(
        (LIBRARY / "tracks.yaml").read_text(encoding="utf-8")
    )
    return declared


def _with_others(track: Track, labs: dict[str, LabFile]) -> Track:
    """Return a track with the labs of this site that name it, after those of the library."""
    others = [lab for lab in labs.values() if track.slug in {lab.track, _MORE.slug}]
    for lab in others:
        del labs[lab.slug]
    others.sort(key=lambda one: (one.level, one.title))
    return replace(track, labs=[*track.labs, *others])


def all_tracks() -> tuple[Track, ...]:
    """Return the tracks in order; labs that no track names come last. One query."""
    site = published_labs()
    return _tracks(open_labs(site), site.places)


def whole_tracks() -> tuple[Track, ...]:
    """Return the tracks with the labs that nobody may begin, too; one query."""
    site = published_labs()
    return _tracks(known_labs(site), site.places)


def _tracks(labs: dict[str, LabFile], places: Mapping[str, int]) -> tuple[Track, ...]:
    found = []
    for data in _declared():
        own = [lab for slug in data["labs"] if (lab := labs.pop(slug, None))]
        found.append(Track(data["slug"], data["title"], data["about"], own))
    tracks = [_in_order(_with_others(track, labs), places) for track in (*found, _MORE)]
    return tuple(track for track in tracks if track.labs)


def _in_order(track: Track, places: Mapping[str, int]) -> Track:
    """Return a track in the site's own order; labs without a place come after those with one."""
    last = len(track.labs)
    return replace(track, labs=sorted(track.labs, key=lambda lab: places.get(lab.slug, last)))


def track_of(lab: LabFile) -> Track:
    """Return the track that a lab belongs to; the last one for a lab that nobody may begin."""
    slug, tracks = lab.slug, all_tracks()
    own = (track for track in tracks if any(one.slug == slug for one in track.labs))
    return next(own, _MORE)


def next_lab(lab: LabFile) -> LabFile | None:
    """Return the lab that is taught after one, in the next track too; None after the last."""
    order = [one for track in all_tracks() for one in track.labs]
    slugs = [one.slug for one in order]
    place = slugs.index(lab.slug) + 1 if lab.slug in slugs else len(order)
    return order[place] if place < len(order) else None
