"""How large sandboxes are, measured in the queue: lists read what was measured."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import (
    BinaryField,
    Count,
    F,
    IntegerField,
    JSONField,
    Max,
    QuerySet,
    Sum,
    TextField,
)
from django.db.models.functions import Cast, Coalesce, Length
from django.utils import timezone

from console.administration.models import SandboxSize
from console.labs.models import KeptBody, UndoStep
from console.services.s3.models import Part, StoredObject
from iam.models import Document, Event, Sandbox
from iam.models.packed_json import PackedJSONField

_AT_ONCE = 100
_AT_MOST = 20_000
"""As many sandboxes are measured in one job."""
_PER_ROW = 300
"""Bytes of keys and short columns, about."""
_HEAVY: Sequence[tuple[Any, Sequence[str]]] = (
    (Event, ("record", "decisions", "resources")),
    (Document, ("text",)),
    (StoredObject, ("size",)),
    (Part, ("size",)),
    (UndoStep, ("changes",)),
    (KeptBody, ("size",)),
)
"""What grows, with the columns that are large or say how large."""


@dataclass(frozen=True)
class Measured:
    """A sandbox's size in bytes, its events, and its last use by the real clock."""

    size: int
    events: int
    newest_event: int
    used_at: datetime | None


def _length(model: Any, column: str) -> Any:
    field = model._meta.get_field(column)
    if isinstance(field, PackedJSONField):
        return Length(column, output_field=IntegerField())
    if isinstance(field, JSONField):
        return Length(Cast(column, TextField()))
    return Length(column) if isinstance(field, (TextField, BinaryField)) else F(column)


def _bytes(rows: QuerySet[Any], columns: Sequence[str]) -> int:
    lengths = {f"sum_{one}": Coalesce(Sum(_length(rows.model, one)), 0) for one in columns}
    found = rows.order_by().aggregate(rows=Count("pk"), **lengths)
    return int(sum(found[one] for one in lengths) + _PER_ROW * found["rows"])


def measure(sandbox: Sandbox) -> Measured:
    """Measure a sandbox now; eight queries."""
    events = Event.in_sandbox(sandbox)
    counted = events.order_by().aggregate(events=Count("pk"), newest=Max("pk"))
    newest = counted["newest"] or 0
    time = events.filter(pk=newest).values_list("time", flat=True).first()
    size = len(sandbox.scenario)
    for model, columns in _HEAVY:
        size += _bytes(model._default_manager.filter(sandbox=sandbox), columns)
    used_at = time - sandbox.clock_offset if time else None
    return Measured(size, counted["events"], newest, used_at)


def _out_of_date() -> list[int]:
    """Return the keys of the sandboxes that were never measured, or called since."""
    known = SandboxSize.objects.aggregate(newest=Max("newest_event"))["newest"] or 0
    called = Event.unbound.filter(pk__gt=known).order_by().values_list("sandbox_id").distinct()
    new = Sandbox.objects.filter(size=None).order_by().values_list("pk")
    return [pk for (pk,) in new.union(called)[:_AT_MOST]]


def measure_changed() -> int:
    """Measure the sandboxes that were called since they were measured; return how many.

    An event that comes while this goes on has a higher key than any that is noted, so that its
    sandbox is measured the next time.
    """
    last = Event.unbound.aggregate(newest=Max("pk"))["newest"] or 0
    keys = _out_of_date()
    for first in range(0, len(keys), _AT_ONCE):
        sandboxes = Sandbox.objects.filter(pk__in=keys[first : first + _AT_ONCE])
        _store({sandbox.pk: measure(sandbox) for sandbox in sandboxes}, last)
    return len(keys)


def _store(measured: Mapping[int, Measured], last: int) -> None:
    rows = [
        SandboxSize(
            sandbox_id=pk,
            size=one.size,
            events=one.events,
            newest_event=min(one.newest_event, last),
            used_at=one.used_at,
            measured_at=timezone.now(),
        )
        for pk, one in measured.items()
    ]
    for pk, one in measured.items():
        Sandbox.objects.filter(pk=pk).exclude(stored=one.size).update(stored=one.size)
    with suppress(IntegrityError):  # one was deleted meanwhile: the next time
        SandboxSize.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["sandbox"],
            update_fields=["size", "events", "newest_event", "used_at", "measured_at"],
        )
