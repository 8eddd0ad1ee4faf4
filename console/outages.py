"""Why the site cannot do now what it can do at other times: its disk, or a busy database."""

from dataclasses import dataclass

from django.db import InterfaceError, OperationalError

from console.disk_faults import SENTENCE as DISK_SENTENCE
from console.disk_faults import is_disk_fault


@dataclass(frozen=True)
class Outage:
    """What is wrong, in words, and after how many seconds to try again."""

    title: str
    sentence: str
    retry_after: int


NO_ROOM = Outage("No room", DISK_SENTENCE, 60)
BUSY = Outage(
    "Too much at once",
    "The site is busy, and this was not done, or not all of it. Wait a moment, go back, look, "
    "and try again.",
    5,
)
AWAY = Outage(
    "No database",
    "The site's database does not answer. Wait a moment, and try again: if it stays away, whoever "
    "runs the site has to look.",
    30,
)
# As SQLite and PostgreSQL word it.
_BUSY = (
    "is locked",
    "deadlock detected",
    "could not serialize access",
    "lock timeout",
    "statement timeout",
)
_AWAY = (
    "connection failed",
    "connection to server",
    "connection is closed",
    "connection is lost",
    "terminating connection",
    "server closed the connection",
    "too many clients",
    "remaining connection slots",
    "starting up",
    "shutting down",
)


def outage_of(error: BaseException | None) -> Outage | None:
    """Return the outage that an exception is of, or comes from; none if it is a mistake."""
    if is_disk_fault(error):
        return NO_ROOM
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            text = str(error)
            if any(words in text for words in _BUSY):
                return BUSY
            if any(words in text for words in _AWAY):
                return AWAY
        error = error.__cause__
    return None
