"""Decisions a second, ours beside moto's and Cedar's, on the same policies and requests."""

from collections.abc import Mapping
from functools import partial

from tests.bench import engines
from tests.bench.engines import Ask
from tests.bench.section import Row, Section
from tests.bench.timing import Timed, side_by_side
from tests.bench.workloads import Workload, large, silent, small

_LEAST = {"a": {"moto": 1.0}, "b": {"moto": 50.0, "cedarpy": 40.0}}
_MOST_FOR_WORDS = 5.0
_MOST_FOR_SILENCE = 2.0


def measure() -> list[Section]:
    return [_compared(small()), _compared(large()), _silence()]


def _compared(workload: Workload) -> Section:
    asks = {
        "verdict": engines.verdict(workload),
        "explanation": engines.explanation(workload),
        "moto": engines.moto(workload),
        "cedarpy": engines.cedar(workload),
        "verdict of policies new to it": engines.verdict_at_first(workload),
        "explanation of policies new to it": engines.explanation_at_first(workload),
    }
    timed = side_by_side({name: partial(ask, *workload.timed) for name, ask in asks.items()})
    least = _LEAST[workload.name]
    ratios = [
        Row(f"verdict to {name}", timed.ratio("verdict", name), "times", least=least.get(name))
        for name in ("moto", "cedarpy")
    ]
    words = timed.ratio("verdict", "explanation")
    ratios.append(Row("verdict to explanation", words, "times", most=_MOST_FOR_WORDS))
    title = f"({workload.name}) {workload.title}"
    return Section(title, (*_rates(timed), *ratios, *_agreement(workload, asks)))


def _agreement(workload: Workload, asks: Mapping[str, Ask]) -> list[Row]:
    """In how many of the requests another engine answers as ours does: all of them."""
    asked = (workload.timed, *workload.others)
    ours = [asks["verdict"](*one) for one in asked]
    rows = []
    for name in ("moto", "cedarpy"):
        same = sum(asks[name](*one) is our for one, our in zip(asked, ours, strict=True))
        unit = f"of {len(asked)} requests"
        rows.append(Row(f"agreement with {name}", same, unit, least=len(asked)))
    return rows


def _silence() -> Section:
    few, many = silent(10), silent(10_000)
    timed = side_by_side(
        {one.title: partial(engines.verdict(one), *one.timed) for one in (few, many)}
    )
    cost = Row("cost of 10,000 to 10", timed.ratio(few.title, many.title), "times",
               most=_MOST_FOR_SILENCE)  # fmt: skip
    return Section("Statements that cannot match", (*_rates(timed), cost))


def _rates(timed: Timed) -> list[Row]:
    return [Row(name, timed.per_second(name), "decisions/s") for name in timed.rates]
