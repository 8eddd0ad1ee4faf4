"""Labs as administrators see them: with their versions, and how often they were begun."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from console.labs.catalog import all_labs
from console.labs.files import LabFile
from console.labs.models import Attempt, Lab, LabVersion
from console.labs.tracks import Track, whole_tracks


@dataclass(frozen=True)
class ListedLab:
    """A lab of a track."""

    lab: LabFile
    row: Lab | None
    attempts: int

    @property
    def enabled(self) -> bool:
        return self.row is None or self.row.enabled

    @property
    def of_library(self) -> bool:
        return self.lab.slug in all_labs()


@dataclass(frozen=True)
class ListedTrack:
    """A track with all of its labs, in the site's order."""

    track: Track
    labs: list[ListedLab]


def listed_tracks() -> list[ListedTrack]:
    """Return every lab of the site by its track; three queries."""
    counted = Attempt.objects.filter(waits=False).order_by().values_list("lab")
    attempts = Counter(dict(counted.annotate(attempts=Count("pk"))))
    rows = {row.slug: row for row in Lab.objects.all()}
    return [
        ListedTrack(
            track, [ListedLab(lab, rows.get(lab.slug), attempts[lab.slug]) for lab in track.labs]
        )
        for track in whole_tracks()
    ]


def versions_with_attempts(slug: str) -> QuerySet[LabVersion]:
    """Return the versions of a lab, the newest first, without their files."""
    versions = LabVersion.objects.filter(lab__slug=slug).defer("files")
    counted = versions.annotate(attempts=Count("attempt"))
    return counted.select_related("published_by__profile").order_by("-number")
