"""Room for one more guest's world: the guests who have been away longest give way."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from console.labs.guests.visitors import KEPT
from console.labs.models import Guest
from console.labs.rows import remove
from iam.models import Event, Sandbox

ACTIVE = timedelta(hours=1)
_AT_ONCE = 3
"""As many guests go with one start: the rest wait for the next ones."""


class NoRoomError(Exception):
    """All guests' worlds are in use."""


def _worlds() -> QuerySet[Sandbox]:
    return Sandbox.objects.filter(owner__guest__isnull=False)


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


def _unused(now: datetime) -> Iterator[Guest]:
    """Yield the guests who may go, the longest unused first."""
    away = Guest.objects.filter(active_at__lt=now - ACTIVE).select_related("user")
    for guest in away.order_by("active_at").iterator():
        if not _is_active(guest, now):
            yield guest


def _dismiss(guest: Guest) -> None:
    with transaction.atomic():
        for sandbox in Sandbox.objects.filter(owner_id=guest.user_id):
            remove(sandbox)
        guest.user.delete()


def make_room() -> None:
    """See to it that one more guest's world may be made; raises NoRoomError.

    Guests whose browsers have forgotten them go first, then who has been away longest; who was
    here within the last hour stays.
    """
    now = timezone.now()
    unused = _unused(now)
    for _ in range(_AT_ONCE):
        full = _worlds().count() >= settings.GUEST_WORLDS
        guest = next(unused, None)
        if guest is None or not (full or guest.active_at < now - KEPT):
            break
        _dismiss(guest)
    if _worlds().count() >= settings.GUEST_WORLDS:
        raise NoRoomError
