"""Jobs that come again and again: each time they are due they enter the queue once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from console.queue.models import RegularJob

T = TypeVar("T")

_UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
_regular: dict[str, tuple[Task[[], Any], timedelta]] = {}


def every(interval: timedelta) -> Callable[[Task[[], T]], Task[[], T]]:
    """Let a job without arguments enter the queue again after each interval."""

    def register(job: Task[[], T]) -> Task[[], T]:
        _regular[job.module_path] = (job, interval)
        return job

    return register


def enqueue_due() -> None:
    """Put the regular jobs that are due into the queue, unless they are still there.

    Of two workers that see a job due one moves its time, and only that one puts it in.
    """
    now = timezone.now()
    due = dict(RegularJob.objects.values_list("path", "due_at"))
    if due.keys() - _regular.keys():
        RegularJob.objects.exclude(path__in=_regular).delete()
    for path, (job, interval) in _regular.items():
        at = due.get(path)
        if at is None:
            at = RegularJob.objects.get_or_create(path=path, defaults={"due_at": now})[0].due_at
        if at > now:
            continue
        with transaction.atomic():
            moved = RegularJob.objects.filter(path=path, due_at=at).update(due_at=now + interval)
            waiting = DBTaskResult.objects.filter(task_path=path, status__in=_UNFINISHED)
            if moved and not waiting.exists():
                job.enqueue()
