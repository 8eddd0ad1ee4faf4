"""Many calls at once, in a few workers with threads, as a class of students makes them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from time import perf_counter
from typing import Any

from django.db import connections


def _closing(run: Callable[[], object]) -> None:
    try:
        run()
    finally:
        connections.close_all()


def _work(run: Callable[[], object], share: int, ready: Any) -> None:
    """Make a worker's share of the calls, all at once."""
    ready.wait()
    with ThreadPoolExecutor(share) as pool:
        for done in [pool.submit(_closing, run) for _ in range(share)]:
            done.result()


def seconds_at_once(run: Callable[[], object], calls: int, workers: int) -> float:
    """Return how long it takes until all workers have made their calls."""
    connections.close_all()  # a fork may not share them
    context = get_context("fork")
    ready = context.Barrier(workers + 1)
    arguments = (run, calls // workers, ready)
    started = [context.Process(target=_work, args=arguments) for _ in range(workers)]
    for worker in started:
        worker.start()
    ready.wait()
    began = perf_counter()
    for worker in started:
        worker.join()
    seconds = perf_counter() - began
    if any(worker.exitcode for worker in started):
        message = "A worker could not make its calls."
        raise RuntimeError(message)
    return seconds
