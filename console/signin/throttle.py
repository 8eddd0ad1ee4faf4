"""The growing delay after failed tries, counted by whatever names them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from console.signin.console import visited
from console.signin.models import FailedSignIn
from sts.sign_in import SignInRefused

T = TypeVar("T")

FREE_ATTEMPTS = 4
LONGEST_WAIT = timedelta(minutes=5)


@dataclass(frozen=True)
class Limit:
    """How many failures cost nothing, and how long the wait after many more may be."""

    free: int
    longest: timedelta


STRICT = Limit(FREE_ATTEMPTS, LONGEST_WAIT)
_FORGOTTEN_AFTER = timedelta(hours=1)


def _key(*parts: str) -> str:
    message = "\x1f".join(part.strip().lower() for part in parts)
    return salted_hmac("rolecall.throttle", message, algorithm="sha256").hexdigest()


def _wait(failures: int, limit: Limit) -> timedelta:
    if failures < limit.free:
        return timedelta()
    doubled = min(failures - limit.free, 10)
    return min(timedelta(seconds=2 * 2**doubled), limit.longest)


def seconds_to_wait(now: datetime, *parts: str, limit: Limit = STRICT) -> int:
    """Return how many seconds the next try must wait; `parts` name what is counted."""
    row = FailedSignIn.objects.filter(key=_key(*parts)).first()
    wait = _wait(row.failures, limit) if row else timedelta()
    if row is None or not wait:  # even where another's try came after `now`
        return 0
    left = row.last_at + wait - now
    return max(0, -(-int(left.total_seconds() * 1000) // 1000))


def in_words(wait: int) -> str:
    """Return when to try again: `in 40 seconds`, `in 3 minutes`."""
    number, unit = (wait, "second") if wait <= 90 else (-(-wait // 60), "minute")
    return f"in {number} {unit}{'' if number == 1 else 's'}"


def too_many(wait: int) -> str:
    return f"Too many failed attempts for this user. Try again {in_words(wait)}."


def note_failure(now: datetime, *parts: str) -> None:
    """Count one more failure; failures older than an hour are forgotten."""
    key, oldest = _key(*parts), now - _FORGOTTEN_AFTER
    recent = FailedSignIn.objects.filter(key=key, last_at__gte=oldest)
    if recent.update(failures=F("failures") + 1, last_at=now):
        return
    FailedSignIn.objects.filter(last_at__lt=oldest).delete()
    first = {"failures": 1, "last_at": now}
    if not FailedSignIn.objects.get_or_create(key=key, defaults=first)[1]:  # another came first
        recent.update(failures=F("failures") + 1, last_at=now)


def note_success(*parts: str) -> None:
    failed = FailedSignIn.objects.filter(key=_key(*parts))
    if failed.exists():  # to delete nothing would take SQLite's write lock all the same
        failed.delete()


def throttled(request: HttpRequest, parts: tuple[str, str], attempt: Callable[[], T]) -> T:
    """Return the result of a try to sign in; raises PermissionError with the form's sentence."""
    now = visited(request).origin.received_at
    wait = seconds_to_wait(now, *parts)
    if wait:
        raise PermissionError(too_many(wait))
    try:
        given = attempt()
    except SignInRefused as error:
        note_failure(now, *parts)
        raise PermissionError(str(error)) from error
    note_success(*parts)
    return given
