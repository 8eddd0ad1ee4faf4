"""The last writes of an attempt in words, and the newest of them undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from console.labs.models import Attempt, UndoStep
from console.labs.rows import newest_step, undo
from iam.models import Event, Sandbox

_SHOWN = 5


@dataclass(frozen=True)
class LastWrite:
    """A write that can be undone: what was called, on what, and when by the sandbox's clock."""

    step: int
    operation: str
    subject: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.operation} {self.subject}".strip()


def _in_words(sandbox_id: int, steps: Sequence[UndoStep]) -> list[LastWrite]:
    """Return steps with what their events name first: a name, or the last part of an ARN."""
    events = Event.in_sandbox(Sandbox(pk=sandbox_id))
    named = events.filter(event_id__in=[step.event_id for step in steps])
    subjects = {
        event_id: resources[0]["ResourceName"].rpartition("/")[2]
        for event_id, resources in named.values_list("event_id", "resources")
        if resources
    }
    return [
        LastWrite(
            step=step.pk,
            operation=step.operation.partition(":")[2],
            subject=subjects.get(step.event_id, ""),
            at=step.at,
        )
        for step in steps
    ]


def last_writes(attempt: Attempt) -> list[LastWrite]:
    """Return the writes that *Undo* takes back, the newest first; two queries at most."""
    steps = UndoStep.objects.filter(sandbox=attempt.sandbox_id).defer("changes", "bodies")
    newest = list(steps[:_SHOWN])
    return _in_words(attempt.sandbox_id, newest) if newest else []


def undo_last(attempt: Attempt, step: int) -> LastWrite | None:
    """Undo the newest write, and return it; None if `step` is not the newest any more.

    Solved tasks and hints stay.
    """
    with transaction.atomic():
        sandbox = Sandbox.objects.select_for_update().get(pk=attempt.sandbox_id)
        newest = newest_step(sandbox)
        if newest is None or newest.pk != step:
            return None
        undo(sandbox)
    return _in_words(sandbox.pk, [newest])[0]
