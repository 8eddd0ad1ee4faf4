"""The worker: a thread for each queue, and beside them the regular jobs' times."""

import logging
import os
from datetime import timedelta
from threading import Event, Thread

from django.conf import settings
from django.db import Error, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import autodiscover_modules
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from console.queue.only_worker import the_only_worker
from console.queue.retries import take_up_again
from console.queue.schedule import enqueue_due

logger = logging.getLogger(__name__)

LONGEST = timedelta(hours=1)
"""A job that runs longer ends the worker: the next one takes up what waits behind it."""
_LOOKS_EVERY = 1.0
_SCHEDULES_EVERY = 15
_NICENESS = 5
"""Pages come first."""


def perform_due(queue: str, worker: Worker | None = None) -> None:
    """Perform the jobs of a queue that are due, until none is."""
    if DBTaskResult.objects.ready().filter(queue_name=queue).exists():  # takes no write lock
        (worker or _worker_of(queue)).run()


def _worker_of(queue: str) -> Worker:
    return Worker(
        queue_names=[queue],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


class _QueueThread(Thread):
    """Performs the jobs of one queue, one after the other."""

    def __init__(self, queue: str, stopping: Event) -> None:
        super().__init__(name=f"queue {queue}", daemon=True)
        self.queue, self.worker, self._stopping = queue, _worker_of(queue), stopping

    def run(self) -> None:
        while not self._stopping.wait(_LOOKS_EVERY):
            close_old_connections()
            try:
                perform_due(self.queue, self.worker)
            except Error:
                logger.exception("The queue could not be read; the next look is in a second.")

    def stop(self) -> None:
        """Take no further job."""
        self.worker.running = False


def _serves_its_keeper(keeper: int | None) -> bool:
    return keeper is None or os.getppid() == keeper


def run_worker(stopping: Event, keeper: int | None = None) -> None:
    """Perform jobs until `stopping` is set or the keeper, a process, is gone.

    A job that runs then has five seconds; it is taken up again by the next worker.
    """
    autodiscover_modules("jobs")
    os.nice(_NICENESS)
    with the_only_worker():
        take_up_again()
        queues = settings.TASKS[DEFAULT_TASK_BACKEND_ALIAS]["QUEUES"]
        threads = [_QueueThread(queue, stopping) for queue in queues]
        for thread in threads:
            thread.start()
        looks = 0
        while _serves_its_keeper(keeper) and all(thread.is_alive() for thread in threads):
            if looks % _SCHEDULES_EVERY == 0:
                _schedule()
            if stopping.wait(_LOOKS_EVERY):
                break
            looks += 1
        stopping.set()
        for thread in threads:
            thread.stop()
        for thread in threads:
            thread.join(5)


def _schedule() -> None:
    close_old_connections()
    try:
        enqueue_due()
        stuck = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LONGEST)
        for row in stuck:
            logger.error("%s has run for more than an hour: the worker ends.", row.task_path)
            os._exit(1)
    except Error:
        logger.exception("The regular jobs could not be read.")
