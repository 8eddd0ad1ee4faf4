"""The turns in which calls of the application run, between what the event loop does for others."""

import asyncio
import logging
from asyncio.events import _set_running_loop
from collections.abc import Callable, Iterable
from contextvars import Context
from typing import TypeVar

T = TypeVar("T")
_log = logging.getLogger(__name__)
_LATER = 0.05


class Turns:
    """Calls in the thread of the event loop, one in each of its turns, in their order.

    Handing each call to a thread beside the loop, and its end back, takes a tenth more of the
    processor. All calls see one context, in which Django keeps its database connection, and no
    running loop, in which Django refuses to work. `spare` is work for moments in which no call
    waits, in short steps.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, spare: Iterable[object] = ()) -> None:
        self._loop, self._spare = loop, iter(spare)
        self._turn, self._context = asyncio.Lock(), Context()
        loop.call_soon(self._step)

    async def run(self, call: Callable[[], T]) -> T:
        """Return what a call returns, or raise what it raises, when it is its turn."""
        async with self._turn:
            try:
                return self._run(call)
            finally:
                await asyncio.sleep(0)  # the loop reads and sends before the next call

    def _run(self, call: Callable[[], T]) -> T:
        _set_running_loop(None)
        try:
            return self._context.run(call)
        finally:
            _set_running_loop(self._loop)

    def _step(self) -> None:
        """Do a step of the spare work, if no call is on, and come back for the next."""
        if self._turn.locked():
            self._loop.call_later(_LATER, self._step)
            return
        try:
            more = self._run(lambda: next(self._spare, self)) is not self
        except Exception:
            _log.exception("Work for spare moments failed.")
            return
        if more:
            self._loop.call_soon(self._step)
