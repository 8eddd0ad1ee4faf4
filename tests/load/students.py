"""A student's browser: few bytes of code, since it shares the machine with the site."""

import asyncio
import re
from collections.abc import Iterator
from itertools import count, cycle
from time import perf_counter
from urllib.parse import urlencode

PAGES = (
    "/iam/",
    "/iam/roles",
    "/iam/roles/create",
    "/iam/users",
    "/iam/users/user1",
    "/iam/policies",
    "/iam/policies/create",
    "/s3/",
    "/switchrole",
    "/cloudtrail/",
    "/help/",
)
WRITE = "/iam/groups/create"
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_PATIENCE = 30


def new_group(page: str, number: int) -> dict[str, str]:
    """Return what is sent to make a group, with the hidden fields of the page's form."""
    return {**dict(_HIDDEN.findall(page)), "GroupName": f"group-{number}"}


class Student:
    """One who opens a page after the other, and with every twelfth makes a group."""

    def __init__(self, port: int, cookies: str) -> None:
        self._port, self._cookies = port, cookies
        self._pages, self._numbers = cycle((*PAGES, WRITE)), count()
        self._turn = asyncio.Lock()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.times: list[float] = []
        self.errors: list[str] = []

    def skip(self, pages: int) -> None:
        """Begin elsewhere in the round than others do."""
        for _ in range(pages % (len(PAGES) + 1)):
            next(self._pages)

    async def open_next(self) -> None:
        """Open a page, after the one that is still on its way."""
        async with self._turn:
            page = next(self._pages)
            text = await self._timed("GET", page, 200)
            if page == WRITE and text:
                await self._timed("POST", page, 302, new_group(text, next(self._numbers)))

    async def _timed(
        self, method: str, page: str, expected: int, form: dict[str, str] | None = None
    ) -> str:
        """Note how long an answer takes; return its text, "" where it is not as expected."""
        began = perf_counter()
        try:
            async with asyncio.timeout(_PATIENCE):
                status, text = await self._ask(method, page, urlencode(form or {}))
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            self._streams = None
            self.errors.append(f"{method} {page}: {error!r}")
            return ""
        self.times.append(perf_counter() - began)
        if status != expected:
            self.errors.append(f"{method} {page}: {status}")
            return ""
        return text

    async def _ask(self, method: str, page: str, body: str) -> tuple[int, str]:
        if self._streams is None or self._streams[0].at_eof():
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write("\r\n".join(self._head(method, page, body)).encode() + body.encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        (length,) = re.findall(r"content-length: (\d+)", head) or ["0"]
        content = await reader.readexactly(int(length))
        return int(head.split(" ", 2)[1]), content.decode()

    def _head(self, method: str, page: str, body: str) -> Iterator[str]:
        yield f"{method} {page} HTTP/1.1"
        yield f"Host: localhost\r\nCookie: {self._cookies}"
        if body:
            yield f"Origin: http://localhost\r\nContent-Length: {len(body)}"
            yield "Content-Type: application/x-www-form-urlencoded"
        yield "\r\n"
