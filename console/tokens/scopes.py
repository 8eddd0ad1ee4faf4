"""What a token lets a program do: read or change, area by area."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Area:
    """A part of the API, with what stands beside it on the page of tokens.

    Of some areas there is nothing to change, and some are there for teachers alone.
    """

    name: str
    title: str
    about: str
    writes: bool = False
    for_students: bool = False

    @property
    def read(self) -> str:
        return f"{self.name}:read"

    @property
    def write(self) -> str:
        return f"{self.name}:write"


AREAS = {
    area.name: area
    for area in (
        Area("classes", "Classes", "Names, join codes, teams.", writes=True, for_students=True),
        Area("roster", "Roster", "Students, with names and references.", writes=True),
        Area("assignments", "Assignments", "Labs, dates, rules.", writes=True, for_students=True),
        Area("attempts", "Attempts", "Work on labs, task by task.", for_students=True),
        Area("progress", "Progress", "Who is where just now.", for_students=True),
        Area("gradebook", "Gradebook", "Points, at the due date and now."),
        Area("labs", "Labs", "What labs there are.", for_students=True),
        Area("scenarios", "Scenarios", "Files of worlds.", writes=True),
        Area("sandboxes", "Sandboxes", "Your own worlds.", writes=True, for_students=True),
    )
}


def areas_for(*, teacher: bool) -> list[Area]:
    """Return the areas that a teacher, or a student, has something in."""
    return [area for area in AREAS.values() if teacher or area.for_students]


def known_scopes() -> frozenset[str]:
    """Return every scope that there is."""
    reads = {area.read for area in AREAS.values()}
    return frozenset(reads | {area.write for area in AREAS.values() if area.writes})


def grants(scopes: Collection[str], wanted: str) -> bool:
    """Return whether scopes include one; who may change an area may read it."""
    area, _, access = wanted.partition(":")
    return wanted in scopes or (access == "read" and f"{area}:write" in scopes)
