"""How the site is: what it stores, who works now, what the queue does. Each question is cheap."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Count, Max, Min, Sum
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from console.administration.models import SandboxSize
from console.classes.models import Class
from console.labs.attempts import PRESENT_FOR
from console.labs.models import Activity, Guest
from console.queue.models import RegularJob

_MOST_SHOWN = 10
_SILENT_AFTER = timedelta(minutes=3)
"""A worker moves the time of a job that comes each minute."""


@dataclass(frozen=True)
class StoredData:
    """What is stored, in bytes; sandboxes and events as they were measured last."""

    database: int
    disk_free: int
    sandboxes: int
    events: int
    measured_at: datetime | None
    largest: Sequence[SandboxSize]

    @property
    def disk_is_low(self) -> bool:
        return self.disk_free < 1024**3


@dataclass(frozen=True)
class PresentWork:
    """Who there is, and who works now."""

    users: int
    classes: int
    attempts_now: int
    guests_now: int


@dataclass(frozen=True)
class QueueState:
    """What the queue has to do. Without `worker` nothing that runs later happens."""

    waiting: int
    running: int
    failed: int
    worker: bool
    troubled: Sequence[DBTaskResult[Any, Any]]


def _database_size() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            (size,) = cursor.fetchone() or (0,)
            return int(size)
    file = str(connection.settings_dict["NAME"])
    parts = [Path(f"{file}{suffix}") for suffix in ("", "-wal", "-shm")]
    return sum(part.stat().st_size for part in parts if part.exists())


def storage() -> StoredData:
    """Return what the site stores; two queries."""
    found = SandboxSize.objects.aggregate(
        sandboxes=Count("pk"), events=Sum("events"), measured_at=Max("measured_at")
    )
    largest = SandboxSize.objects.select_related("sandbox__owner__profile").order_by("-size")
    return StoredData(
        database=_database_size(),
        disk_free=shutil.disk_usage(settings.HOME).free,
        sandboxes=found["sandboxes"],
        events=found["events"] or 0,
        measured_at=found["measured_at"],
        largest=list(largest.defer("sandbox__scenario")[:5]),
    )


def activities() -> PresentWork:
    """Return who is there now; four queries."""
    now = timezone.now()
    return PresentWork(
        users=User.objects.filter(guest=None).count(),
        classes=Class.objects.filter(archived_at=None).count(),
        attempts_now=Activity.objects.filter(seen_at__gt=now - PRESENT_FOR).count(),
        guests_now=Guest.objects.filter(active_at__gt=now - timedelta(hours=1)).count(),
    )


def queue() -> QueueState:
    """Return what the queue does; three queries."""
    rows = DBTaskResult.objects.order_by().values_list("status")
    counted = dict(rows.annotate(jobs=Count("pk")))
    oldest = RegularJob.objects.aggregate(due=Min("due_at"))["due"]
    troubled = DBTaskResult.objects.exclude(exception_class_path="").exclude(
        status=TaskResultStatus.SUCCESSFUL
    )
    return QueueState(
        waiting=counted.get(TaskResultStatus.READY, 0),
        running=counted.get(TaskResultStatus.RUNNING, 0),
        failed=counted.get(TaskResultStatus.FAILED, 0),
        worker=oldest is not None and oldest > timezone.now() - _SILENT_AFTER,
        troubled=list(troubled.order_by("-enqueued_at")[:_MOST_SHOWN]),
    )


def load_average() -> str:
    """Return the machine's load over one, five and fifteen minutes, and its cores."""
    one, five, fifteen = os.getloadavg()
    return f"{one:.1f}, {five:.1f}, {fifteen:.1f} on {os.cpu_count()} cores"
