"""What changed in a class since a page was made: a poll costs one query, whatever its size."""

from datetime import UTC, datetime, timedelta
from zlib import crc32

from django.db.models import F, QuerySet
from django.utils import timezone

from console.classes.models import Class, HelpRequest
from console.labs.models import Activity
from iam.models.prepared_queries import Prepared

_OVERLAP = timedelta(seconds=2)
"""A row that was written before another can be seen after it."""
_MOST = 500


def _waiting(course_class: int) -> QuerySet[HelpRequest]:
    rows = HelpRequest.objects.filter(enrollment__course_class=course_class, done_at=None)
    return rows.only("pk").order_by("pk")


_WAITING = Prepared(_waiting)


def _recent(course_class: Class, since: datetime) -> QuerySet[Activity]:
    """Return a class's changes, found by when they were: by the class, SQLite would read it all."""
    of_class = F("attempt__assignment__course_class") + 0  # so that no index is used for it
    changed = Activity.objects.filter(changed_at__gt=since).alias(of_class=of_class)
    return changed.filter(of_class=course_class.pk).order_by("changed_at", "pk")


def _moment(token: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(token.partition("-")[0][:18]) / 1_000_000, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _token(moment: datetime, rows: list[tuple[int, datetime]], asked: int) -> str:
    recent = crc32(repr(rows).encode())  # not `hash`, which differs from worker to worker
    return f"{int(moment.timestamp() * 1_000_000)}-{recent:x}-{asked:x}"


def token_now(course_class: Class) -> str:
    """Return the token that the first poll of a page sends."""
    return changed_since(course_class, "")[1]


def changed_since(course_class: Class, token: str) -> tuple[list[int] | None, str]:
    """Return the keys of the attempts that changed, and the next token; None if nothing did.

    An unknown token counts as one of two seconds ago.
    """
    now = timezone.now()
    since = min(_moment(token) or now, now) - _OVERLAP
    rows = list(_recent(course_class, since).values_list("pk", "changed_at")[:_MOST])
    waiting = [one.pk for one in _WAITING.rows(course_class.pk)]
    asked = crc32(repr(waiting).encode())
    newest = max((moment for _, moment in rows), default=since + _OVERLAP)
    latest = [(pk, moment) for pk, moment in rows if moment > newest - _OVERLAP]
    following = _token(newest, latest, asked)
    return (None if following == token else [pk for pk, _ in rows]), following
