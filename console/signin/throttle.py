"""The growing delay after failed sign-ins, per account and user name."""

from collections.abc import Callable
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
_FORGOTTEN_AFTER = timedelta(hours=1)


def _key(*parts: str) -> str:
    message = "\x1f".join(part.strip().lower() for part in parts)
    return salted_hmac("rolecall.throttle", message, algorithm="sha256").hexdigest()


def _wait(failures: int) -> timedelta:
    if failures < FREE_ATTEMPTS:
        return timedelta()
    doubled = min(failures - FREE_ATTEMPTS, 10)
    return min(timedelta(seconds=2 * 2**doubled), LONGEST_WAIT)


def seconds_to_wait(now: datetime, *parts: str) -> int:
    """Return how many seconds this account and user name must wait before the next try."""
    row = FailedSignIn.objects.filter(key=_key(*parts)).first()
    if row is None:
        return 0
    left = row.last_at + _wait(row.failures) - now
    return max(0, -(-int(left.total_seconds() * 1000) // 1000))


def too_many(wait: int) -> str:
    unit = "second" if wait == 1 else "seconds"
    return f"Too many failed attempts for this user. Try again in {wait} {unit}."


def note_failure(now: datetime, *parts: str) -> None:
    """Count one more failure; failures older than an hour are forgotten."""
    FailedSignIn.objects.filter(last_at__lt=now - _FORGOTTEN_AFTER).delete()
    row, _ = FailedSignIn.objects.get_or_create(key=_key(*parts), defaults={"last_at": now})
    FailedSignIn.objects.filter(pk=row.pk).update(failures=F("failures") + 1, last_at=now)


def note_success(*parts: str) -> None:
    FailedSignIn.objects.filter(key=_key(*parts)).delete()


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
