"""The body of a request, read before it is the application's turn."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Protocol

# An honest upload on a slow line keeps this rate (bytes a second), and may rest as long (seconds).
SLOWEST = 8_000
FIRST_CREDIT = 10.0
MOST_CREDIT = 20.0

# A page takes 8 MiB of fields, and a form may carry files beside them.
LARGEST = 16 * 1024 * 1024
SHORT = 64 * 1024  # read at once: that takes half as long as part by part
HELD_AT_ONCE = 64 * 1024 * 1024  # by one process
FOR_SHORT = 4  # of which this part, a quarter, is kept free for short bodies


class Parts(Protocol):
    """What a body is read from: Granian's protocol of a request."""

    async def __call__(self) -> bytes: ...

    def __aiter__(self) -> AsyncIterator[bytes]: ...


class BodyRefused(Exception):
    """A body that is not read to its end; `reason` is the code AWS has for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Buffer:
    """What bodies hold in this process: a body that would go over the limit is refused."""

    def __init__(self, limit: int = HELD_AT_ONCE) -> None:
        self.limit, self.held = limit, 0

    def refuse_if_full(self, more: int, size: int) -> None:
        """Raise BodyRefused if no room is left for more bytes of a body that will have a size."""
        kept_free = 0 if size <= SHORT else self.limit // FOR_SHORT
        if self.held + more > self.limit - kept_free:
            raise BodyRefused("SlowDown")

    @contextmanager
    def body(self) -> Iterator["Body"]:
        """Hold a body until the end of its request."""
        body = Body(self)
        try:
            yield body
        finally:
            self.held -= body.size


class Body:
    """The bytes of one request."""

    def __init__(self, buffer: Buffer) -> None:
        self._buffer, self.size = buffer, 0
        self._parts: list[bytes] = []

    async def read(self, parts: Parts, stated: int) -> bytes:
        """Return the whole body; raises BodyRefused if it is too large, too slow, or too much.

        `stated` is its length in bytes as the client states it, 0 if it does not. Every byte earns
        time at the slowest rate, up to a limit: bytes sent at once do not pay for a long silence
        after them.
        """
        self._buffer.refuse_if_full(stated, stated)
        clock = asyncio.get_running_loop().time
        if 0 < stated <= SHORT:
            return await self._read_short(parts, clock() + FIRST_CREDIT + stated / SLOWEST)
        credit, last = FIRST_CREDIT, clock()
        try:
            async with asyncio.timeout_at(last + credit) as deadline:
                async for part in parts:
                    self._keep(part)
                    now = clock()
                    credit = min(MOST_CREDIT, credit - (now - last) + len(part) / SLOWEST)
                    last = now
                    deadline.reschedule(now + credit)
        except TimeoutError:
            raise BodyRefused("RequestTimeout") from None
        return b"".join(self._parts)

    async def _read_short(self, parts: Parts, until: float) -> bytes:
        try:
            async with asyncio.timeout_at(until):
                whole = await parts()
        except TimeoutError:
            raise BodyRefused("RequestTimeout") from None
        self._keep(whole)
        return whole

    def _keep(self, part: bytes) -> None:
        if self.size + len(part) > LARGEST:
            raise BodyRefused("EntityTooLarge")
        self._buffer.refuse_if_full(len(part), self.size + len(part))
        self._parts.append(part)
        self.size += len(part)
        self._buffer.held += len(part)
