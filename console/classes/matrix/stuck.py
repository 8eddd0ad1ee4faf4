"""Who is stuck: present, and without progress for longer than the lab usually takes."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from console.classes.matrix.attempts import current_attempts
from console.classes.models import Assignment
from console.labs.attempts import PRESENT_FOR
from console.labs.catalog import find_lab
from console.labs.models import Attempt

_LEAST = timedelta(minutes=6)
_FEW = 5
"""Finished attempts below which a lab's minutes stand for the median."""
_MANY_DENIALS = 5


@dataclass(frozen=True)
class Stuck:
    """Since when somebody has made no progress, and the operation that is denied most."""

    since: datetime
    minutes: int
    denied: str = ""
    times: int = 0

    @property
    def words(self) -> str:
        """Return what is shown beside the name."""
        words = f"no progress for {self.minutes} min"
        return f"{words}, {self.denied} denied {self.times} times" if self.denied else words


def _patience(assignments: Collection[Assignment]) -> dict[int, timedelta]:
    """Return how long no progress is usual, by assignment; one query."""
    took: dict[int, list[float]] = defaultdict(list)
    finished = current_attempts(assignments).exclude(finished_at=None)
    for pk, began, ended in finished.values_list("assignment_id", "started_at", "finished_at"):
        if pk and ended:
            took[pk].append((ended - began).total_seconds())
    usual = {}
    for one in assignments:
        times, lab = took.get(one.pk, []), find_lab(one.lab)
        if len(times) >= _FEW:
            usual[one.pk] = timedelta(seconds=2 * median(times))
        elif lab:
            usual[one.pk] = timedelta(minutes=lab.minutes / len(lab.tasks))
        usual[one.pk] = max(_LEAST, usual.get(one.pk, _LEAST))
    return usual


class Present(NamedTuple):
    """An attempt that is worked on now."""

    pk: int
    owner: int
    team: int | None
    assignment: int


_COLUMNS = (
    "pk",
    "owner_id",
    "team_id",
    "assignment_id",
    "activity__denied",
    "activity__progressed_at",
    "started_at",
    "finished_at",
)
"""Those of the attempt are in its index `who_works_on_an_assignment`: its row is large."""


@dataclass(frozen=True)
class Presence:
    """Which attempts are worked on now, and which of these are stuck, by the attempts' keys."""

    present: dict[int, Present]
    stuck: dict[int, Stuck]


def presence_in(assignments: Collection[Assignment]) -> Presence:
    """Return who works now and who is stuck; three queries, the rows of those present."""
    now = timezone.now()
    here = current_attempts(assignments).filter(activity__seen_at__gt=now - PRESENT_FOR)
    rows = list(here.values_list(*_COLUMNS))
    usual = _patience(assignments) if rows else {}
    present, stuck = {}, {}
    for pk, owner, team, assignment, denied, progressed_at, started_at, finished_at in rows:
        present[pk] = Present(pk, owner, team, assignment)
        if finished_at:
            continue
        since = progressed_at or started_at
        operation, times = max(denied.items(), key=lambda item: item[1], default=("", 0))
        if times < _MANY_DENIALS:
            operation, times = "", 0
        if operation or now - since > usual.get(assignment, _LEAST):
            minutes = int((now - since).total_seconds() // 60)
            stuck[pk] = Stuck(since, minutes, operation, times)
    for pk in _handed_in(stuck):
        del stuck[pk]
    return Presence(present, stuck)


def _handed_in(attempts: Collection[int]) -> QuerySet[Attempt, int]:
    found = Attempt.objects.filter(pk__in=attempts, terms__handed_in__isnull=False)
    return found.values_list("pk", flat=True)
