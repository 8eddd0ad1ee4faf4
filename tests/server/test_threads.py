"""The thread in which Django runs."""

import asyncio
import threading

import pytest

from console.server.threads import ApplicationThread


def test_all_calls_run_in_one_thread_that_is_not_the_loops():
    async def threads() -> set[int]:
        thread = ApplicationThread()
        return {await thread.run(threading.get_ident) for _ in range(3)}

    (found,) = asyncio.run(threads())
    assert found != threading.get_ident()


def test_a_call_that_fails_raises_where_it_is_waited_for_and_the_thread_goes_on():
    def fail() -> None:
        message = "broken"
        raise ValueError(message)

    async def both() -> int:
        thread = ApplicationThread()
        with pytest.raises(ValueError, match="broken"):
            await thread.run(fail)
        return await thread.run(lambda: 7)

    assert asyncio.run(both()) == 7


def test_a_call_that_nobody_waits_for_any_more_disturbs_nothing():
    async def both() -> int:
        thread = ApplicationThread()
        go = threading.Event()
        given_up = asyncio.create_task(thread.run(go.wait))
        await asyncio.sleep(0)
        given_up.cancel()
        go.set()
        return await thread.run(lambda: 7)

    assert asyncio.run(both()) == 7
