"""What watches the writes of a sandbox that keeps, for each, what it changed."""

from collections.abc import Callable
from typing import Any

from iam.callers import Caller
from iam.trail import EventFields


class WriteWatch:
    """Is entered while a write executes, and left before its event is recorded.

    This one watches nothing: those of sandboxes that keep their steps extend it.
    """

    def __enter__(self) -> "WriteWatch":
        return self

    def __exit__(self, *_raised: Any) -> None:
        """Note what is different now, unless the write was refused."""

    def keep(self, happened: EventFields) -> None:
        """Store what was noted, in the transaction of the write, which succeeded."""


MakeWatch = Callable[[Caller], WriteWatch]
_UNWATCHED = WriteWatch()
_makers: list[MakeWatch] = []


def watches_writes(make: MakeWatch) -> MakeWatch:
    """Register who watches: called with each write's caller, of sandboxes that keep steps."""
    _makers[:] = [make]
    return make


def watch_of(caller: Caller) -> WriteWatch:
    """Return what watches a caller's write; costs nothing where no steps are kept."""
    if not caller.sandbox.keeps_steps or not _makers:
        return _UNWATCHED
    return _makers[0](caller)
