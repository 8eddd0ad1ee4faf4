"""Many clients that send or read slowly, while others ask for pages."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter

_POST = (
    b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
)
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Form:
    """What a client sends at once, and then every second; whether it reads the answer."""

    name: str
    first: bytes
    then: bytes = b""
    reads: bool = True


def _post(address: str, *lines: bytes) -> bytes:
    return _POST % address.encode() + b"\r\n".join(lines) + b"\r\n\r\n"


def forms(address: str, large: str) -> list[Form]:
    """Return the forms of stalled requests to one address, and slow readers of a large file."""
    get = f"GET {large} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    return [
        Form("one byte, then silence", _post(address, b"Content-Length: 100000") + b"x"),
        Form("one byte a second", _post(address, b"Content-Length: 100000"), b"x"),
        Form(
            "chunked without an end", _post(address, b"Transfer-Encoding: chunked"), b"1\r\nx\r\n"
        ),
        Form(
            "Expect: 100-continue, then silence",
            _post(address, b"Content-Length: 100000", b"Expect: 100-continue"),
        ),
        Form(
            "4 MiB, then silence",
            _post(address, b"Content-Length: %d" % (8 * _MEGABYTE)) + b"x" * (4 * _MEGABYTE),
        ),
        Form("answers that are not read", get * 5, reads=False),
        Form("a head without an end", get[:-4] + b"\r\nX-Slow: ", b"x"),
    ]


@dataclass(frozen=True)
class Outcome:
    """How many of the others' requests were answered in time, and the slowest (seconds)."""

    asked: int
    in_time: int
    slowest: float


async def attack(
    port: int, form: Form, *, clients: int, seconds: float, pages: list[str], patience: float = 1.0
) -> Outcome:
    """Keep so many clients in one form, and ask for each page 20 times meanwhile."""
    tasks = [asyncio.create_task(_stall(port, form)) for _ in range(clients)]
    times = []
    try:
        for _ in range(20):
            await asyncio.sleep(seconds / 20)
            times += [await _time_of(port, page) for page in pages]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return Outcome(len(times), sum(one <= patience for one in times), max(times))


async def _stall(port: int, form: Form) -> None:
    """Send one request of the form after another, as the server ends each; never returns."""
    while True:
        with suppress(OSError):
            # A small limit: who does not read an answer soon has no room for more of it.
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
            try:
                writer.write(form.first)
                while not await (_is_answered(reader) if form.reads else asyncio.sleep(1)):
                    if form.then:
                        writer.write(form.then)
            finally:
                writer.close()


async def _is_answered(reader: asyncio.StreamReader) -> bool:
    """Wait a second, or until an answer or the end of the connection comes."""
    try:
        async with asyncio.timeout(1):
            await reader.read(1)
    except TimeoutError:
        return False
    return True


async def _time_of(port: int, page: str) -> float:
    """Return how long a page takes (seconds), infinity if it is not answered with a 2xx or 3xx."""
    begun = perf_counter()
    try:
        async with asyncio.timeout(10):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(
                f"GET {page} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
            )
            answer = await reader.read()
            writer.close()
    except (OSError, TimeoutError):
        return float("inf")
    return perf_counter() - begun if answer[9:10] in {b"2", b"3"} else float("inf")
