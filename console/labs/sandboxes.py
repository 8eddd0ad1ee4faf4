"""What a sandbox's owner does to it: move its clock forward."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from iam.models import Sandbox
from iam.trail import deliver_due

LONGEST_STEP = timedelta(days=366)


class ClockRefused(ValueError):
    """The clock moves forward only, and not without end."""


def move_clock(sandbox: Sandbox, by: timedelta) -> None:
    """Move a sandbox's clock forward; it never goes back, not by a reset either."""
    if not timedelta() < by <= LONGEST_STEP:
        raise ClockRefused("The clock moves forward, by a minute to a year at a time.")
    moved = Sandbox.objects.filter(pk=sandbox.pk, clock_offset__lt=timedelta(days=3650))
    if not moved.update(clock_offset=F("clock_offset") + by, stamp=F("stamp") + 1):
        raise ClockRefused("The clock of this sandbox is ten years ahead already.")
    sandbox.refresh_from_db()
    deliver_due(sandbox, sandbox.time_at(timezone.now()))
