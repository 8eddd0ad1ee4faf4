"""What a sandbox's owner does to it: move its clock forward, let it know outside accounts."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from iam.models import Account, Sandbox, SessionMark
from iam.trail import deliver_due

LONGEST_STEP = timedelta(days=366)
MOST_OUTSIDE = 20


class ClockRefused(ValueError):
    """The clock moves forward only, and not without end."""


def add_outside_account(sandbox: Sandbox, account_id: str, name: str) -> str:
    """Let policies name an account outside of a sandbox; returns why not, if it may not be."""
    with transaction.atomic():
        row = Sandbox.objects.select_for_update().get(pk=sandbox.pk)
        if Account.in_sandbox(row).filter(account_id=account_id).exists():
            return "This account is in the sandbox already."
        known = {**row.outside_accounts, account_id: name}
        if len(known) > MOST_OUTSIDE:
            return f"A sandbox knows {MOST_OUTSIDE} accounts outside of it at most."
        row.outside_accounts = known
        row.save(update_fields=["outside_accounts"])
    sandbox.refresh_from_db()
    return ""


def move_clock(sandbox: Sandbox, by: timedelta) -> None:
    """Move a sandbox's clock forward; it never goes back, not by a reset either."""
    if not timedelta() < by <= LONGEST_STEP:
        raise ClockRefused("The clock moves forward, by a minute to a year at a time.")
    moved = Sandbox.objects.filter(pk=sandbox.pk, clock_offset__lt=timedelta(days=3650))
    if not moved.update(clock_offset=F("clock_offset") + by, stamp=F("stamp") + 1):
        raise ClockRefused("The clock of this sandbox is ten years ahead already.")
    sandbox.refresh_from_db()
    now = sandbox.time_at(timezone.now())
    SessionMark.note(sandbox, now - by, moved=by)
    deliver_due(sandbox, now)
