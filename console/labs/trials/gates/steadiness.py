"""Answers are judged alike for every student and at any time."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from console.labs.files import Check, LabFile, fresh_values
from console.labs.trials.gates.answers import failing_solution
from console.labs.trials.start_world import StartWorld, Steps

SEEDS = 20
_LATER = (timedelta(hours=1), timedelta(hours=13), timedelta(days=40))
_TIMES = {"at", "mfa_age", "duration"}


def _names_a_time(check: Check) -> bool:
    asks = check.asks if isinstance(check.asks, dict) else {}
    subject = asks.get("as")
    named = {*asks, *(subject if isinstance(subject, dict) else ())}
    return bool(named & _TIMES)


def _timed(lab: LabFile) -> set[str]:
    return {
        f"{task.id}.{check.name}"
        for task in lab.tasks
        for check in task.checks
        if _names_a_time(check)
    }


def _changed_later(start: StartWorld, steps: Steps) -> Iterator[tuple[str, timedelta]]:
    with start.trial() as performance:
        performance.perform(steps)
        now = performance.tried().failing
        for later in _LATER:
            for one in sorted(performance.tried(later).failing ^ now):
                yield one, later


def unsteady_results(start: StartWorld) -> Iterator[str]:
    """Find answers that are judged otherwise an hour, half a day or weeks later.

    Otherwise a student's work would spoil overnight. Checks that name a time may change.
    """
    lab, timed = start.lab, _timed(start.lab)
    answers: list[tuple[str, Steps]] = [("The start", ()), ("The solution", lab.solution.steps)]
    answers += [(f"The wrong answer `{one.name}`", one.steps) for one in lab.wrong]
    for name, steps in answers:
        for check, later in _changed_later(start, steps):
            if check not in timed:
                yield f"{name} is judged otherwise by `{check}` after {later}."


def unsteady_seeds(
    lab: LabFile, seeds: int = SEEDS, note: Callable[[int], None] = lambda _: None
) -> Iterator[str]:
    """Find what holds for one student and not for another.

    Variables and account IDs differ for each, or one student could copy from another; the solution
    passes and the start solves nothing in each of their worlds. `note` is called with each student.
    """
    values = [fresh_values(lab.variables, f"seed-{number}") for number in range(seeds)]
    for name in lab.variables:
        if len({one[name] for one in values}) < seeds:
            yield f"Two students have the same value of `{name}`."
    known: set[str] = set()
    for number in range(seeds):
        note(number)
        start = StartWorld(lab, f"seed-{number}")
        ids = {value for name, value in start.values.items() if name not in lab.variables}
        if ids & known:
            yield f"Two students have the same account ID, with seed {number}."
        known |= ids
        for fault in failing_solution(start):
            yield f"With seed {number}: {fault}"
        for task in sorted(start.tried().solved):
            yield f"With seed {number}: the start world solves the task `{task}`."
