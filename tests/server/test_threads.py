"""The thread in which Django runs."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from console.labs.catalog import all_labs, library_lab
from console.labs.library import slugs
from console.server.threads import ApplicationThread
from console.server.warm_up import warm_up


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


def test_spare_work_is_done_in_steps_that_calls_come_between_and_its_failure_ends_it():
    done = list[str]()
    begun, go = threading.Event(), threading.Event()

    def spare() -> Iterator[None]:
        done.append("a first step")
        begun.set()
        go.wait()
        yield
        done.append("a second step")
        message = "broken"
        raise ValueError(message)

    async def calls() -> None:
        thread = ApplicationThread(spare())
        begun.wait()
        first = asyncio.create_task(thread.run(lambda: done.append("a call")))
        await asyncio.sleep(0)
        go.set()
        await first
        while len(done) < 3:
            await asyncio.sleep(0)
        await thread.run(lambda: done.append("another call"))

    asyncio.run(calls())
    assert done == ["a first step", "a call", "a second step", "another call"]


def test_a_worker_reads_every_lab_and_every_template_in_spare_moments():
    for _ in warm_up():
        pass
    assert all_labs()
    assert library_lab.cache_info().currsize == len(slugs())
