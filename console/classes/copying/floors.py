"""How soon a task can be solved at all: below that, somebody may have known the answer."""

from collections.abc import Collection, Mapping, Sequence
from statistics import median

from django.db.models import Min

from console.classes.models import CopySignal, SignalType
from console.labs.files import LabFile
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt, Solve

_OF_THE_LAB = 10
"""The floor is at most a tenth of the lab's minutes for the tasks that are solved,"""
_OF_THE_CLASS = 4
"""and at most a quarter of what half of the class took for as many tasks."""
_FEW = 5
"""With fewer times in the class the lab's minutes alone count."""

_Solves = Mapping[int, Sequence[Solve]]
"""What was solved in each attempt, in order."""


def floor_of(lab: LabFile, solved: Sequence[str], times: Sequence[float]) -> float:
    """Return the seconds that it takes at least to solve some tasks.

    `times` are those of the class, in seconds, for as many tasks.
    """
    points = {task.id: task.points for task in lab.tasks}
    share = sum(points.get(one, 0) for one in solved) / (sum(points.values()) or 1)
    floor = 60 * lab.minutes * share / _OF_THE_LAB
    return floor if len(times) < _FEW else min(floor, median(times) / _OF_THE_CLASS)


def _seconds(solve: Solve) -> float:
    return (solve.at - solve.attempt.started_at).total_seconds()


def _solves_of(assignments: set[int]) -> dict[int, _Solves]:
    """Return what was solved by assignment; one query."""
    found: dict[int, dict[int, list[Solve]]] = {}
    rows = Solve.objects.filter(attempt__assignment__in=assignments)
    for solve in rows.select_related("attempt").order_by("at", "pk"):
        of_assignment = found.setdefault(solve.attempt.assignment_id or 0, {})
        of_assignment.setdefault(solve.attempt_id, []).append(solve)
    return dict(found)


def _times(solves: _Solves) -> list[list[float]]:
    """Return how long the class took for the first task that each solved, for two, and so on."""
    most = max(map(len, solves.values()), default=0)
    return [
        [_seconds(rows[place]) for rows in solves.values() if len(rows) > place]
        for place in range(most)
    ]


def _first_attempts(attempts: Collection[Attempt]) -> set[int]:
    """Return those that are their owner's first at the lab: who begins anew knows the way."""
    owners, labs = {one.owner_id for one in attempts}, {one.lab for one in attempts}
    rows = Attempt.objects.filter(owner__in=owners, lab__in=labs, waits=False).order_by()
    firsts = rows.values("owner", "lab").annotate(first=Min("pk"))
    return set(firsts.values_list("first", flat=True))


def fast_solves(attempts: Collection[Attempt]) -> list[CopySignal]:
    """Return signals, not stored, about tasks solved faster than seems possible; two queries."""
    first, signals = _first_attempts(attempts), []
    solves = _solves_of({one.assignment_id for one in attempts if one.assignment_id})
    times = {assignment: _times(rows) for assignment, rows in solves.items()}
    for attempt in attempts:
        lab, assignment = lab_of(attempt), attempt.assignment_id or 0
        if lab is None or attempt.pk not in first:
            continue
        own = solves.get(assignment, {}).get(attempt.pk, ())
        for place, solve in enumerate(own):
            solved = [one.task for one in own[: place + 1]]
            floor, took = floor_of(lab, solved, times[assignment][place]), _seconds(solve)
            if took < floor:
                signals.append(
                    CopySignal(
                        attempt=attempt,
                        type=SignalType.FAST,
                        value=solve.task,
                        seconds=max(0, int(took)),
                        floor=int(floor),
                        at=solve.at,
                    )
                )
    return signals
