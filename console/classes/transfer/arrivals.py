"""Classes that are arriving from another site: made bit by bit while nobody sees them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from console.classes.models import Class
from console.classes.transfer.document import PARTS
from console.labs.models import Attempt
from iam.models import Sandbox

T = TypeVar("T")
_AT_ONCE = 50
"""Rows in one transaction: a tenth of a second."""
_ABANDONED = timedelta(days=1)


def batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield rows in parts, each for a transaction of its own."""
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]


def arriving_class(about: dict[str, Any]) -> Class:
    """Make a class that nobody sees; its day and its age are only stored when it is shown."""
    keep_until = date.fromisoformat(about["keep_until"]) if about["keep_until"] else None
    made_at = datetime.fromisoformat(about["made_at"])
    course_class = Class(
        name=str(about["name"])[:80],
        time_zone=about["time_zone"],
        join_open=False,
        archived_at=timezone.now(),
        arrival=[],
    )
    course_class.full_clean()
    course_class.save()
    course_class.keep_until, course_class.made_at = keep_until, made_at
    return course_class


def remove_arrival(course_class: Class) -> None:
    """Remove what has arrived of a class, and the logins that were made for it."""
    for part in reversed(list(PARTS.values())):
        rows = part.model._base_manager.filter(**{part.path: course_class})
        for keys in batches(list(rows.values_list("pk", flat=True))):
            with transaction.atomic():
                if part.model is Attempt:  # it goes with its sandbox
                    Sandbox.objects.filter(attempt__in=keys).delete()
                else:
                    part.model._base_manager.filter(pk__in=keys).delete()
    for keys in batches(course_class.arrival or []):
        User.objects.filter(pk__in=keys).delete()
    course_class.delete()


def remove_abandoned() -> None:
    """Remove what is left of imports that were stopped."""
    left = Class._base_manager.filter(archived_at__lt=timezone.now() - _ABANDONED)
    for course_class in left.filter(arrival__isnull=False):
        remove_arrival(course_class)
