"""Bodies that come in slowly, on a clock that the tests move."""

import asyncio
import selectors
from collections.abc import AsyncIterator
from typing import Any

import pytest

from console.server.bodies import LARGEST, BodyRefused, Buffer

KB = 1_000
MB = 1_000_000


class _Skipping(selectors.DefaultSelector):
    """Waits for nothing: the time that would pass is added to the loop's clock."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        self.now += timeout or 0.0
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._skipping = _Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        return self._skipping.now


class _Upload:
    """Parts of a body, each after so many seconds."""

    def __init__(self, *parts: tuple[float, int]) -> None:
        self.parts = parts

    async def __call__(self) -> bytes:
        return b"".join([part async for part in self])

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for pause, size in self.parts:
            await asyncio.sleep(pause)
            yield b"x" * size


_SILENCE = (10_000.0, 1)


def _read(upload: _Upload, buffer: Buffer, stated: int = 0) -> tuple[str, int, int]:
    """Return why a body was refused, how many bytes it has, and after how many whole seconds."""
    loop = _Loop()

    async def read() -> tuple[str, int]:
        with buffer.body() as body:
            try:
                return "", len(await body.read(upload, stated))
            except BodyRefused as refusal:
                return refusal.reason, body.size

    try:
        reason, size = loop.run_until_complete(read())
        return reason, size, int(loop.time())
    finally:
        loop.close()


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param([], ("", 0, 0), id="nothing"),
        pytest.param([(0, MB)], ("", MB, 0), id="at once"),
        pytest.param([(1, 8 * KB)] * 131, ("", 131 * 8 * KB, 131), id="1 MiB at 8 kB/s"),
        pytest.param([(9, 80 * KB)] * 13, ("", 13 * 80 * KB, 117), id="in bursts"),
        pytest.param([(1, 4 * KB)] * 200, ("RequestTimeout", 18 * 4 * KB, 19), id="at 4 kB/s"),
        pytest.param([(0, 1), _SILENCE], ("RequestTimeout", 1, 10), id="one byte"),
        pytest.param([(1, 1)] * 100, ("RequestTimeout", 10, 10), id="one byte a second"),
        pytest.param(
            [(0, 4 * MB), _SILENCE], ("RequestTimeout", 4 * MB, 20), id="much, then silence"
        ),
        pytest.param(
            [(0, 4 * MB)] + [(1, 1)] * 100,
            ("RequestTimeout", 4 * MB + 20, 20),
            id="much, then one byte a second",
        ),
        pytest.param([(0, LARGEST)], ("", LARGEST, 0), id="the largest"),
        pytest.param([(0, LARGEST), (0, 1)], ("EntityTooLarge", LARGEST, 0), id="too large"),
    ],
)
def test_a_body_is_read_as_long_as_it_comes_in_fast_enough(parts, expected):
    assert _read(_Upload(*parts), Buffer()) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(0, 60 * KB)], ("", 60 * KB, 0)),
        ([(1, 4 * KB)] * 15, ("", 60 * KB, 15)),
        ([(0, 1), _SILENCE], ("RequestTimeout", 0, 17)),
    ],
    ids=["at once", "at 4 kB/s", "one byte, then silence"],
)
def test_a_short_body_has_the_time_that_its_stated_length_takes(parts, expected):
    assert _read(_Upload(*parts), Buffer(), stated=60 * KB) == expected


@pytest.mark.parametrize(
    ("held", "size", "stated", "expected"),
    [
        (700 * KB, 50 * KB, 0, ""),
        (700 * KB, 100 * KB, 0, "SlowDown"),
        (700 * KB, 100 * KB, 100 * KB, "SlowDown"),
        (950 * KB, 50 * KB, 50 * KB, ""),
        (950 * KB, 51 * KB, 51 * KB, "SlowDown"),
    ],
)
def test_bodies_together_have_their_limit_and_long_ones_leave_room_for_short_ones(
    held, size, stated, expected
):
    buffer = Buffer(limit=MB)
    buffer.held = held
    assert _read(_Upload((0, size)), buffer, stated)[0] == expected
    assert buffer.held == held


def test_a_body_that_will_not_fit_is_refused_before_it_is_read():
    buffer = Buffer(limit=MB)
    assert _read(_Upload((5, 900 * KB)), buffer, stated=900 * KB) == ("SlowDown", 0, 0)
