"""One worker a site: who holds the lock. It goes with its process, however that ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from console.disk_faults import ends_in_a_sentence

_NUMBER = 0x526F6C65
"""Of the lock among a PostgreSQL database's advisory locks."""


class WorkerRuns(Exception):
    """The site has a worker already."""


@contextmanager
def the_only_worker() -> Iterator[None]:
    """Hold the lock of the site's worker; raises WorkerRuns if another process has it."""
    hold = _in_postgresql if connection.vendor == "postgresql" else _in_file
    with hold():
        yield


@contextmanager
def _in_file() -> Iterator[None]:
    lock: Path = settings.HOME / "worker.lock"
    with ends_in_a_sentence(str(lock)):
        file = lock.open("w")
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WorkerRuns from None
        yield


@contextmanager
def _in_postgresql() -> Iterator[None]:
    """Hold it in the database, which several machines may share, on a connection of its own."""
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_NUMBER])
            (held,) = cursor.fetchone() or (False,)
        if not held:
            raise WorkerRuns
        yield
    finally:
        own.close()
