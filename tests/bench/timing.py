"""Ratios that another load on the machine does not spoil: rounds interleaved, their median."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time

ROUND = 0.02
"""Seconds that a contender runs in each round, unless told otherwise."""
ROUNDS = 31


@dataclass(frozen=True)
class Timed:
    """Each contender's decisions a second, round by round."""

    rates: Mapping[str, tuple[float, ...]]

    def per_second(self, name: str) -> float:
        return median(self.rates[name])

    def ratio(self, faster: str, slower: str) -> float:
        """How many times faster one is than another: the median over the rounds."""
        pairs = zip(self.rates[faster], self.rates[slower], strict=True)
        return median(one / other for one, other in pairs)


def side_by_side(contenders: Mapping[str, Callable[[], object]], seconds: float = ROUND) -> Timed:
    """Run every contender in every round of so many seconds, one after the other."""
    times = {name: _times_a_round(run, seconds) for name, run in contenders.items()}
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, run in contenders.items():
            rates[name].append(_rate(run, times[name]))
    return Timed({name: tuple(found) for name, found in rates.items()})


def _times_a_round(run: Callable[[], object], seconds: float) -> int:
    """Count the calls of a round; not of the first, in which a server loads what it needs."""
    times = 0
    for _ in range(2):
        times, end = 0, perf_counter() + seconds
        while not times or perf_counter() < end:
            run()
            times += 1
    return times


def _rate(run: Callable[[], object], times: int) -> float:
    start = perf_counter()
    for _ in range(times):
        run()
    return times / (perf_counter() - start)


def cpu_milliseconds(
    contenders: Mapping[str, Callable[[], object]], rounds: int = 15
) -> dict[str, float]:
    """Return the median CPU time of a call of each, which are called in turn in every round."""
    return {name: median(found) for name, found in _cpu(contenders, rounds).items()}


def least_cpu_milliseconds(
    contenders: Mapping[str, Callable[[], object]], rounds: int = 15
) -> dict[str, float]:
    """Return the least CPU time of a call of each: what a machine with other loads adds is out."""
    return {name: min(found) for name, found in _cpu(contenders, rounds).items()}


def _cpu(contenders: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for run in contenders.values():  # what is made at first use is made
        run()
    for _ in range(rounds):
        for name, run in contenders.items():
            start = process_time()
            run()
            times[name].append((process_time() - start) * 1_000)
    return times
