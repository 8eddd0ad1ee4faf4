"""Events that are dropped, so that nobody makes a world grow by asking: writes stay."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from iam.models import Event, Sandbox
from iam.trail.deliveries import PERIOD

READS_KEPT, READS_KEPT_IN_A_LAB = 2_000, 300
"""Of reads, refused ones included, with sign-ins and switches of roles."""
KEPT_OF_UNKNOWN_CALLERS = 200
PRUNE_EVERY = 100


def prune_sometimes(written: Sequence[int], events: Sequence[Event]) -> None:
    """Prune the sandboxes of events with these keys, once in a hundred events."""
    if not any(pk % PRUNE_EVERY == 0 for pk in written):
        return
    sandboxes = {event.sandbox_id: event.sandbox for event in events}
    for sandbox in sandboxes.values():
        _prune_reads(sandbox)
    for pk in {event.sandbox_id for event in events if not event.principal_id}:
        unknown = Event.in_sandbox(sandboxes[pk]).filter(principal_id="")
        _keep_newest(unknown, KEPT_OF_UNKNOWN_CALLERS)


def _prune_reads(sandbox: Sandbox) -> None:
    reads = Event.in_sandbox(sandbox).filter(Q(read_only=True) | Q(source="signin.amazonaws.com"))
    if sandbox.logs_due_at is not None:  # a trail has yet to deliver those of this period
        reads = reads.filter(time__lt=sandbox.logs_due_at - PERIOD)
    if sandbox.lab:  # whose checks ask who has acted as whom
        entries = Q(name="AssumeRole", error_code="")
        _keep_newest(reads.filter(read_only=True).exclude(entries), READS_KEPT_IN_A_LAB)
    _keep_newest(reads, READS_KEPT)


def _keep_newest(rows: QuerySet[Event], kept: int) -> None:
    for pk in rows.order_by("-id").values_list("id", flat=True)[kept : kept + 1]:
        rows.filter(id__lte=pk).delete()
