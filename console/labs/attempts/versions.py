"""The version of an attempt: another one wherever its drawer would show something else."""

from django.db.models import F, QuerySet

from console.labs.attempts.activity import note_change, note_seen
from console.labs.attempts.terms import terms_of
from console.labs.models import Attempt
from iam.models import Sandbox
from iam.models.prepared_queries import Prepared


def _rows(public_id: str) -> QuerySet[Attempt]:
    rows = Attempt.objects.select_related("sandbox").filter(public_id=public_id)
    moment = ("sandbox__generation", "sandbox__stamp", "sandbox__clock_offset")
    return rows.only("seq", "public_id", "assignment_id", "terms", *moment).order_by()


_ROWS = Prepared(_rows)


def version_of(attempt: Attempt, sandbox: Sandbox) -> str:
    clock = int(sandbox.clock_offset.total_seconds())
    over = "-over" if attempt.terms and terms_of(attempt).is_over else ""
    return f"{attempt.seq}-{sandbox.generation}-{sandbox.stamp}-{clock}{over}"


def is_current(public_id: str, version: str) -> bool:
    """Return whether an attempt still has a version; one query, whose SQL is made once.

    A poll asks it, so somebody looks at the attempt now.
    """
    attempt = _ROWS.first(public_id)
    if attempt is None:
        return False
    note_seen(attempt)
    return version_of(attempt, attempt.sandbox) == version


def raise_version(attempt: Attempt) -> None:
    """Let every open drawer of an attempt show what has changed."""
    Attempt.objects.filter(pk=attempt.pk).update(seq=F("seq") + 1)
    note_change(attempt)
