"""What teachers see an attempt by while it is worked on; attempts of no class have none."""

from collections import Counter
from collections.abc import Collection
from datetime import timedelta
from time import monotonic

from django.utils import timezone

from console.labs.models import Activity, Attempt

PRESENT_FOR = timedelta(seconds=90)
"""How long somebody counts as present after a poll."""
_SEEN_EVERY = 30.0
_MOST_KNOWN = 5000
_seen: dict[str, float] = {}


def note_change(attempt: Attempt, *, progressed: bool = False) -> None:
    """Note that a list of attempts shows something else; a solved task ends what stuck means."""
    if attempt.assignment_id is None:
        return
    now = timezone.now()
    columns = {"changed_at": now} | ({"progressed_at": now, "denied": {}} if progressed else {})
    Activity.objects.update_or_create(attempt_id=attempt.pk, defaults=columns)


def note_seen(attempt: Attempt) -> None:
    """Note that a page with the drawer is open and visible, at most twice a minute."""
    if attempt.assignment_id is None:
        return
    now = monotonic()
    if now - _seen.get(attempt.public_id, -_SEEN_EVERY) < _SEEN_EVERY:
        return
    if len(_seen) >= _MOST_KNOWN:
        _seen.clear()
    _seen[attempt.public_id] = now
    moment = timezone.now()
    rows = Activity.objects.filter(attempt_id=attempt.pk)
    if not rows.update(seen_at=moment):
        Activity.objects.get_or_create(
            attempt_id=attempt.pk, defaults={"seen_at": moment, "changed_at": moment}
        )


def note_denials(attempt: Attempt, operations: Collection[str]) -> None:
    """Count denials by operation since the last task was solved."""
    if attempt.assignment_id is None or not operations:
        return
    now = timezone.now()
    activity, _ = Activity.objects.get_or_create(
        attempt_id=attempt.pk, defaults={"changed_at": now}
    )
    counted = Counter(activity.denied)
    counted.update(operations)
    rows = Activity.objects.filter(pk=activity.pk)
    rows.update(denied=dict(counted.most_common(40)), changed_at=now)
