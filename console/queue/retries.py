"""Failed jobs are tried again, after pauses that grow from half a minute to half a day."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.dispatch import receiver
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

ATTEMPTS = 7
_FIRST_PAUSE = timedelta(seconds=30)


class GiveUp(Exception):
    """No further attempt would help; the job that raises it is not tried again."""


_GIVEN_UP = f"{GiveUp.__module__}.{GiveUp.__qualname__}"


def pause_after(attempts: int) -> timedelta:
    """Return how long a job rests that has failed so often."""
    pause: timedelta = _FIRST_PAUSE * 4 ** (attempts - 1)
    return pause


@receiver(task_finished)
def try_again(*, task_result: Any, **_: Any) -> None:
    """Put a job that failed back into the queue, unless it has had its attempts."""
    row: DBTaskResult[Any, Any] | None = getattr(task_result, "db_result", None)
    if row is None or row.status != TaskResultStatus.FAILED:
        return
    attempts = len(row.worker_ids)
    if attempts < ATTEMPTS and row.exception_class_path != _GIVEN_UP:
        DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.FAILED).update(
            status=TaskResultStatus.READY,
            finished_at=None,
            run_after=timezone.now() + pause_after(attempts),
        )


def take_up_again() -> None:
    """Put the jobs back whose worker ended while they ran; one that ended several fails.

    Only for the one worker, which has nothing running yet.
    """
    for row in DBTaskResult.objects.running():
        if len(row.worker_ids) < ATTEMPTS:
            row.status = TaskResultStatus.READY
            row.save(update_fields=["status"])
        else:
            row.set_failed(GiveUp("Each worker that ran this job ended during it."))


def try_now(pk: UUID) -> bool:
    """Let a job that failed run again at once, with all its attempts; return whether it may."""
    rows = DBTaskResult.objects.filter(pk=pk).exclude(exception_class_path="")
    return bool(
        rows.filter(status__in=(TaskResultStatus.FAILED, TaskResultStatus.READY)).update(
            status=TaskResultStatus.READY,
            finished_at=None,
            run_after=timezone.now(),
            worker_ids=[],
        )
    )
