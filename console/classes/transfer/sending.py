"""The file of a class as a page sends it: in parts, each of which takes a moment to make.

Others are answered between them (`console.server`): with a hundred worlds, all take seconds.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import IO, cast

from console.classes.models import Class
from console.classes.transfer.archive import write_in_steps
from console.classes.transfer.document import describe_class
from console.classes.transfer.worlds import exported_worlds, judge_in_steps


class _Outbox:
    """A file that can only be written, as zipfile takes one; what is in it is sent."""

    def __init__(self) -> None:
        self._waiting = BytesIO()

    def write(self, data: bytes) -> int:
        return self._waiting.write(data)

    def flush(self) -> None:
        """Do nothing: `drain` sends what is here."""

    def drain(self) -> bytes:
        """Return what was written since the last time."""
        sent, self._waiting = self._waiting.getvalue(), BytesIO()
        return sent


def parts_of_file(course_class: Class, *, with_worlds: bool) -> Iterator[bytes]:
    """Yield the file of a class; a part may be empty."""
    if with_worlds:
        for _ in judge_in_steps(course_class):
            yield b""
    document = yield from describe_class(course_class)
    outbox = _Outbox()
    worlds = exported_worlds(course_class) if with_worlds else ()
    for _ in write_in_steps(cast("IO[bytes]", outbox), document, worlds):
        yield outbox.drain()
