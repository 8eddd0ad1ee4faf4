"""A disk that is full, cannot be written or fails, and the files that are their owner's alone."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import OperationalError

SENTENCE = (
    "The disk of this site is full, or cannot be written. Nothing was done: whoever runs the site "
    "has to make room."
)
_NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG}
# As SQLite and PostgreSQL word it.
_TEXTS = ("disk is full", "readonly database", "disk I/O error", "No space left on device")
_LEAST_FREE = 16 * 1024 * 1024
"""Bytes: what SQLite's journal may need for the writes of a moment."""


def is_disk_fault(error: BaseException | None) -> bool:
    """Return whether an exception is of the disk, or comes from one that is."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _NUMBERS:
            return True
        if isinstance(error, OperationalError) and any(text in str(error) for text in _TEXTS):
            return True
        error = error.__cause__
    return False


def disk_fault(home: Path) -> str:
    """Return what is wrong with the disk of a folder, as a sentence; "" if nothing is."""
    try:
        found = os.statvfs(home)
    except OSError as error:
        return f"{home} cannot be read: {error.strerror}."
    if found.f_flag & os.ST_RDONLY or not os.access(home, os.W_OK):
        return f"{home} cannot be written."
    if found.f_bavail * found.f_frsize < _LEAST_FREE:
        return f"The disk of {home} is full."
    return ""


@contextmanager
def ends_in_a_sentence(what: str) -> Iterator[None]:
    """End the process with a sentence where a setting cannot be used."""
    try:
        yield
    except OSError as error:
        sys.exit(f"{what}: {error.strerror or error}.")
    except ValueError as error:
        sys.exit(f"{what}: {error}")


def keep_private(database: Path) -> None:
    """Make a database of SQLite, its journal and its shared memory readable by their owner alone.

    SQLite gives new ones the rights of the database.
    """
    with suppress(OSError):  # a disk that cannot be written; whoever opens the database says so
        database.touch(0o600)
        for file in database.parent.glob(f"{database.name}*"):
            if file.is_file() and file.stat().st_mode & 0o077:
                file.chmod(0o600)
