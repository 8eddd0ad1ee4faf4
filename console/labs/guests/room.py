"""Room for one more guest's world: the guests who have been away longest give way."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from console.labs.guests.visitors import KEPT
from console.labs.models import Guest
from console.labs.rows import remove
from iam.models import Event, Sandbox

ACTIVE = timedelta(hours=1)
_AT_ONCE = 3
"""As many guests go with one start."""
_MOST_ASKED = 50
"""As many guests are asked whether they are active after all."""


class NoRoomError(Exception):
    """All guests' worlds are in use."""


def _is_full() -> bool:
    worlds = Sandbox.objects.filter(owner__guest__isnull=False)
    return worlds.count() >= int(settings.GUEST_WORLDS)


def _last_call(guest: Guest) -> datetime | None:
    """Return when the last call came to a guest's worlds: a shell sends no cookie."""
    calls = []
    for sandbox in Sandbox.objects.filter(owner_id=guest.user_id):
        newest = Event.in_sandbox(sandbox).order_by("-pk").values_list("time", flat=True).first()
        if newest is not None:
            calls.append(newest - sandbox.clock_offset)
    return max(calls, default=None)


def _is_active(guest: Guest, now: datetime) -> bool:
    last = _last_call(guest)
    if last is None or last < now - ACTIVE:
        return False
    Guest.objects.filter(pk=guest.pk).update(active_at=last)
    return True


def _unused(now: datetime, away: timedelta) -> Iterator[Guest]:
    """Yield the guests who have been away for so long, the longest first."""
    guests = Guest.objects.filter(active_at__lt=now - away).select_related("user")
    for guest in guests.order_by("active_at")[:_MOST_ASKED]:
        if not _is_active(guest, now):
            yield guest


def _dismiss(guest: Guest) -> None:
    with transaction.atomic():
        for sandbox in Sandbox.objects.filter(owner_id=guest.user_id):
            remove(sandbox)
        guest.user.delete()


def dismiss_forgotten() -> int:
    """Remove guests whose browsers have forgotten them, with their worlds; return how many."""
    gone = 0
    for guest in _unused(timezone.now(), KEPT):
        _dismiss(guest)
        gone += 1
    return gone


def make_room() -> None:
    """See to it that one more guest's world may be made; raises NoRoomError.

    Who has been away longest goes first; who was here within the last hour stays.
    """
    if not _is_full():
        return
    now = timezone.now()
    for guest in islice(_unused(now, ACTIVE), _AT_ONCE):
        _dismiss(guest)
        if not _is_full():
            return
    raise NoRoomError
