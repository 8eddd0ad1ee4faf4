"""Why a recorded call was decided as it was, for those who may ask."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from iam.authorization import Explanation, explanations
from iam.callers import DENIAL_CODES, Caller
from iam.models import Event, Sandbox


@dataclass(frozen=True)
class Explained:
    """A recorded call with the replayed decisions behind it."""

    event: Event
    explanations: list[Explanation]


def explain_event(
    sandbox: Sandbox, event_id: UUID, principal_ids: Collection[str] | None
) -> Explained | None:
    """Return an event of the sandbox with its reasons; None if there is none to show.

    `principal_ids` are the identities whose own calls may be shown; None shows everybody's, for
    the sandbox's owner.
    """
    events = Event.in_sandbox(sandbox).filter(event_id=event_id).select_related("sandbox")
    if principal_ids is not None:
        events = events.filter(principal_id__in=principal_ids)
    event = events.order_by("id").first()
    return Explained(event, explanations(event)) if event else None


@dataclass(frozen=True)
class DeniedCall:
    """A recorded call that was denied."""

    name: str
    time: datetime
    event_id: UUID


def latest_denials(
    caller: Caller, principal_ids: Collection[str], most: int = 8
) -> list[DeniedCall]:
    """Return the last calls of these identities that were denied in the caller's account."""
    events = Event.in_sandbox(caller.sandbox).filter(account_id=caller.account_id)
    denied = events.filter(error_code__in=DENIAL_CODES, principal_id__in=principal_ids)
    rows = denied.order_by("-time", "-id").values_list("name", "time", "event_id")
    return [DeniedCall(*row) for row in rows[:most]]
