"""Calls of the application take turns with the event loop."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from contextvars import ContextVar
from functools import partial
from typing import Any

import pytest

from console.labs.catalog import all_labs, library_lab
from console.labs.library import slugs
from console.server.turns import Turns
from console.server.warm_up import warm_up


def _in_turns(work: Callable[[Turns], Awaitable[Any]], spare: Iterable[None] = ()) -> Any:
    async def run() -> Any:
        return await work(Turns(asyncio.get_running_loop(), spare))

    return asyncio.run(run())


def test_a_call_runs_in_the_loops_thread_and_sees_no_running_loop():
    async def find(turns: Turns) -> tuple[int, bool]:
        seen = await turns.run(lambda: (threading.get_ident(), asyncio._get_running_loop() is None))
        assert asyncio.get_running_loop() is not None
        return seen

    assert _in_turns(find) == (threading.get_ident(), True)


def test_calls_share_a_context_as_connections_do():
    kept: ContextVar[str] = ContextVar("kept")

    async def both(turns: Turns) -> str:
        await asyncio.create_task(turns.run(lambda: kept.set("a connection")))
        return await asyncio.create_task(turns.run(kept.get))

    assert _in_turns(both) == "a connection"


def test_between_two_calls_the_loop_has_a_turn_of_its_own():
    seen = list[str]()

    async def three(turns: Turns) -> None:
        loop = asyncio.get_running_loop()

        def call(name: str) -> None:
            seen.append(name)
            loop.call_soon(seen.append, f"what came in during {name}")

        await asyncio.gather(*(turns.run(partial(call, f"call {n}")) for n in (1, 2, 3)))

    _in_turns(three)
    calls = [f"call {n}" for n in (1, 2, 3)]
    assert seen == [name for call in calls for name in (call, f"what came in during {call}")]


def test_a_call_that_fails_raises_where_it_is_waited_for_and_others_go_on():
    def fail() -> None:
        message = "broken"
        raise ValueError(message)

    async def both(turns: Turns) -> int:
        with pytest.raises(ValueError, match="broken"):
            await turns.run(fail)
        assert asyncio.get_running_loop() is not None
        return await turns.run(lambda: 7)

    assert _in_turns(both) == 7


def test_a_call_that_nobody_waits_for_any_more_disturbs_nothing():
    async def both(turns: Turns) -> int:
        running, given_up = (asyncio.create_task(turns.run(lambda: 1)) for _ in range(2))
        await asyncio.sleep(0)
        given_up.cancel()
        with suppress(asyncio.CancelledError):
            await given_up
        return await turns.run(lambda: 7) + await running

    assert _in_turns(both) == 8


def test_spare_work_is_done_in_steps_that_calls_come_between_and_its_failure_ends_it():
    done = list[str]()

    def spare() -> Iterator[None]:
        done.append("a first step")
        yield
        done.append("a second step")
        message = "broken"
        raise ValueError(message)

    async def calls(turns: Turns) -> None:
        await asyncio.sleep(0)
        first = asyncio.create_task(turns.run(lambda: done.append("a call")))
        await first
        while len(done) < 3:
            await asyncio.sleep(0)
        await turns.run(lambda: done.append("another call"))

    _in_turns(calls, spare())
    assert sorted(done[:3]) == ["a call", "a first step", "a second step"]
    assert done[3:] == ["another call"]


def test_a_worker_reads_every_lab_and_every_template_in_spare_moments():
    for _ in warm_up():
        pass
    assert all_labs()
    assert library_lab.cache_info().currsize == len(slugs())
