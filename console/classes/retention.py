"""How long a class's worlds are kept: the day is set, everybody is warned, then they go."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from console.classes.audit import Deed, note_action
from console.classes.models import Class
from console.classes.worlds import Deleted, delete_worlds

WARNED_BEFORE = timedelta(days=30)
"""How long before the day pages warn."""
LAST_WARNING = timedelta(days=7)
"""For so long everybody is warned, at the least; pages warn more loudly then."""


@dataclass(frozen=True)
class Ending:
    """When the worlds of a class go: on `day`, in its time zone, which is `days` away."""

    day: date
    days: int

    @property
    def words(self) -> str:
        return date_format(self.day, "F j, Y")

    @property
    def is_soon(self) -> bool:
        return self.days <= LAST_WARNING.days


def _today(course_class: Class, now: datetime) -> date:
    return now.astimezone(ZoneInfo(course_class.time_zone)).date()


def _day(course_class: Class, now: datetime) -> date | None:
    """Return the day on which the worlds go: after the last one that they are kept for.

    Who sets a day that is near or past is warned for a week all the same.
    """
    if course_class.keep_until is None or course_class.cleared_at is not None:
        return None
    warned = _today(course_class, course_class.warned_at or now)
    return max(course_class.keep_until + timedelta(days=1), warned + LAST_WARNING)


def ending_of(course_class: Class) -> Ending | None:
    """Return when the worlds of a class go, if that is within the month; no query."""
    now = timezone.now()
    day = _day(course_class, now)
    if day is None:
        return None
    away = day - _today(course_class, now)
    return Ending(day, away.days) if away <= WARNED_BEFORE else None


def is_past(course_class: Class) -> bool:
    """Return whether the last day that the worlds are kept for is over."""
    day = course_class.keep_until
    return day is not None and day < _today(course_class, timezone.now())


def keep_until(course_class: Class, day: date | None) -> None:
    """Set for how long the worlds are kept: a later day undoes the warning.

    A class whose worlds are gone can be worked in again.
    """
    course_class.keep_until = day
    if ending_of(course_class) is None:
        course_class.warned_at = None
    if not is_past(course_class):
        course_class.cleared_at = None
    course_class.save(update_fields=["keep_until", "warned_at", "cleared_at"])


def warn() -> int:
    """Note that classes are warned from now on; return how many are new. Pages show it."""
    warned = 0
    for one in Class.objects.filter(cleared_at=None, warned_at=None).exclude(keep_until=None):
        ending = ending_of(one)
        if ending is None:
            continue
        now = timezone.now()
        unwarned = Class.objects.filter(pk=one.pk, warned_at=None)
        if unwarned.update(warned_at=now):
            note_action(one, None, Deed.WARNED, f"Worlds, steps and events go on {ending.day}.")
            warned += 1
    return warned


def clear() -> int:
    """Delete the worlds of classes whose day has come; return how many classes that were."""
    cleared = 0
    for one in Class.objects.filter(cleared_at=None).exclude(
        Q(keep_until=None) | Q(warned_at=None)
    ):
        ending = ending_of(one)
        if ending is None or ending.days > 0:
            continue
        clear_class(one)
        cleared += 1
    return cleared


def clear_class(course_class: Class, by: User | None = None) -> Deleted:
    """Delete the worlds of a class, and note how much that was; begun anew it has none."""
    deleted = delete_worlds(course_class)
    unchanged = Class.objects.filter(pk=course_class.pk, keep_until=course_class.keep_until)
    unchanged.update(cleared_at=timezone.now())
    note_action(course_class, by, Deed.DELETED_WORLDS, f"{deleted}.")
    return deleted
