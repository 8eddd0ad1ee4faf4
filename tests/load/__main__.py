"""Serve a class of its own, let it work, then ask for more and more pages; print the figures."""

import argparse
import asyncio
import os
import sys
from collections import Counter
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter

from tests.bench.processes import cpu_seconds
from tests.bench.wire_servers import site_served
from tests.load.students import Student

_MOST_P95, _LEAST_KNEE = 0.2, 150
"""Seconds until a page is there, and pages a second."""
_STEPS = (50, 75, 100, 125, 150, 175, 200, 250)
_KEPT_UP, _MOST_WAIT = 0.97, 1.0
_WARM_UP = 48


@dataclass(frozen=True)
class Figures:
    """What came of some seconds of work."""

    pages: int
    seconds: float
    cpu: float
    p50: float
    p95: float
    errors: Counter[str]

    def __str__(self) -> str:
        told = (
            f"{self.pages / self.seconds:6.1f} pages/s  p50 {self.p50 * 1_000:6.0f} ms  "
            f"p95 {self.p95 * 1_000:6.0f} ms  server's CPU {self.cpu / self.seconds:4.0%}  "
            f"{self.errors.total()} errors"
        )
        return "\n    ".join(
            [told, *(f"{n} times {what}" for what, n in self.errors.most_common(5))]
        )


async def _work(students: list[Student], rate: float, seconds: float, server: int) -> Figures:
    """Let one student after the other open a page, so many a second, however long each waits."""
    for one in students:
        one.times.clear()
        one.errors.clear()
    before, began = cpu_seconds(server), perf_counter()
    opened = []
    for number in range(int(rate * seconds)):
        await asyncio.sleep(began + number / rate - perf_counter())
        opened.append(asyncio.create_task(students[number % len(students)].open_next()))
    await asyncio.gather(*opened)
    took = perf_counter() - began
    times = [time for one in students for time in one.times]
    shares = quantiles(times, n=20) if len(times) > 1 else [max(times, default=0.0)] * 19
    errors = Counter(error for one in students for error in one.errors)
    return Figures(len(times), took, cpu_seconds(server) - before, shares[9], shares[18], errors)


async def _measure(students: list[Student], options: argparse.Namespace, server: int) -> bool:
    """Print the class and the knee; return whether a target is missed."""
    await _work(students[:_WARM_UP], 10, _WARM_UP / 10, server)  # both workers have read all
    rate = len(students) / options.every
    found = await _work(students, rate, options.seconds, server)
    missed = bool(found.errors) or found.p95 > _MOST_P95
    print(f"{len(students)} students, a page every {options.every:g} s: {found}")
    print(f"  no error, p95 at most {_MOST_P95 * 1_000:g} ms: {'MISSED' if missed else 'met'}")
    knee = 0.0
    for rate in _STEPS:
        found = await _work(students, rate, options.step, server)
        print(f"  asked for {rate:3} a second: {found}", flush=True)
        given = found.pages / found.seconds
        if found.errors or given < _KEPT_UP * rate or found.p95 > _MOST_WAIT:
            break
        knee = rate
    met = "met" if knee >= _LEAST_KNEE else "MISSED"
    print(f"  the knee: {knee:g} pages a second, at least {_LEAST_KNEE}: {met}")
    return missed or knee < _LEAST_KNEE


def main() -> int:
    """Run both; 1 if a target is missed."""
    options = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    options.add_argument("--students", type=int, default=500)
    options.add_argument("--every", type=float, default=15, help="seconds between two pages of one")
    options.add_argument("--seconds", type=float, default=60, help="of the class's work")
    options.add_argument("--step", type=float, default=10, help="seconds at each rate")
    chosen = options.parse_args()
    script = f"from tests.load.world import print_class; print_class({chosen.students})"
    database = "PostgreSQL" if "postgres" in os.environ.get("DATABASE_URL", "") else "SQLite"
    print(f"On {database}, client and server on {os.cpu_count()} cores", flush=True)
    with site_served(script, pages=True) as (address, cookies, server):
        port = int(address.rpartition(":")[2])
        students = [Student(port, one) for one in cookies]
        for place, one in enumerate(students):
            one.skip(place)
        return asyncio.run(_measure(students, chosen, server))


if __name__ == "__main__":
    sys.exit(main())
