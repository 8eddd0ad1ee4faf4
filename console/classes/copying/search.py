"""Looking through new events and solved tasks for signals of copying: a job does it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Max

from console.classes.copying.floors import fast_solves
from console.classes.copying.own_values import own_values, people_of
from console.classes.models import CopyScan, CopySignal, SignalType
from console.labs.models import Attempt, Solve
from iam.models import Event, Sandbox

_AT_ONCE = 2000
_OVERLAP = 200
"""A row with a lower key can be committed after one with a higher key."""
_AROUND = 120


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts of a call's parameters, each with its name."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(part, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, path)
    elif isinstance(value, str):
        yield path, value


def _excerpt(text: str, value: str) -> str:
    """Return the part of a text in which a value stands."""
    at = text.find(value)
    start = max(0, at - _AROUND)
    end = at + len(value) + _AROUND
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _new_events(after: int) -> list[tuple[Any, ...]]:
    """Return the next calls of worlds of classes, the oldest first: one query."""
    rows = Event.unbound.filter(
        pk__gt=after,
        sandbox__attempt__assignment__course_class__archived_at=None,
        sandbox__attempt__assignment__isnull=False,
    )
    columns = ("pk", "sandbox_id", "event_id", "time", "source", "name")
    return list(
        rows.order_by("pk").values_list(
            *columns,
            "sandbox__attempt__pk",
            "sandbox__attempt__assignment__course_class_id",
            "record",
        )[:_AT_ONCE]
    )


def _foreign(rows: list[tuple[Any, ...]]) -> list[CopySignal]:
    """Return signals, not stored, about values of other students' worlds; five queries a class."""
    signals: list[CopySignal] = []
    offsets = dict(
        Sandbox.objects.filter(pk__in={row[1] for row in rows}).values_list("pk", "clock_offset")
    )
    for course_class in {row[7] for row in rows}:
        attempts = Attempt.objects.filter(assignment__course_class=course_class, waits=False)
        known = list(attempts.defer("results", "start", "missing").select_related("version"))
        values, people = own_values(known), people_of(known)
        for _, sandbox, event, time, source, name, attempt, of_class, record in rows:
            if of_class != course_class:
                continue
            for path, text in _texts(record.get("requestParameters")):
                for value, whose in values.found_in(text):
                    if people[whose] & people.get(attempt, people[whose]):
                        continue
                    signals.append(
                        CopySignal(
                            attempt_id=attempt,
                            type=SignalType.FOREIGN,
                            value=value[:120],
                            source_id=whose,
                            call=f"{source.partition('.')[0]}:{name}"[:160],
                            parameter=f"{path}: {_excerpt(text, value)}"[:300],
                            event_id=event,
                            at=time - offsets[sandbox],
                        )
                    )
    return signals


def _new_solves(after: int) -> tuple[list[Attempt], int]:
    """Return the attempts in which tasks were solved since, and the last one's key."""
    rows = Solve.objects.filter(
        pk__gt=after, attempt__assignment__course_class__archived_at=None
    ).exclude(attempt__assignment=None)
    last = rows.aggregate(last=Max("pk"))["last"] or after
    attempts = Attempt.objects.filter(solves__in=rows).distinct().select_related("version")
    return list(attempts.defer("results", "start", "missing")), last


def look_for_signals() -> int:
    """Look through what is new since the last time; return how many signals were added."""
    scan, _ = CopyScan.objects.get_or_create(pk=1)
    before = CopySignal.objects.count()
    newest = Event.unbound.aggregate(newest=Max("pk"))["newest"] or 0
    after = scan.events - _OVERLAP if newest > scan.events else newest
    while rows := _new_events(after):
        CopySignal.objects.bulk_create(_foreign(rows), ignore_conflicts=True)
        after = rows[-1][0]
    attempts, last = _new_solves(scan.solves)
    CopySignal.objects.bulk_create(fast_solves(attempts), ignore_conflicts=True)
    scan.events, scan.solves = max(after, newest), last
    scan.save()
    return CopySignal.objects.count() - before
