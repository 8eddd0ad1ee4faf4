"""Log files that are due: written by the first call after their time, or by a clock that moves."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from iam.models import Sandbox

PERIOD = timedelta(minutes=5)

Deliver = Callable[[Sandbox, datetime, datetime], None]
_deliverers: list[Deliver] = []


def delivers(deliver: Deliver) -> Deliver:
    """Register who writes log files: called with the sandbox, when they were due, and the time."""
    _deliverers.append(deliver)
    return deliver


def next_due(now: datetime) -> datetime:
    """Return when log files are due next: every five minutes of the sandbox's clock."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + ((now - midnight) // PERIOD + 1) * PERIOD


def deliver_due(sandbox: Sandbox, now: datetime) -> None:
    """Have log files written if they are due; costs nothing where no trail logs."""
    due = sandbox.logs_due_at
    if due is None or now < due:
        return
    for deliver in _deliverers:
        deliver(sandbox, due, now)
