"""The gates that a lab passes before it is published; README.md has the reason of each."""

from collections.abc import Callable, Iterator, Mapping

from console.labs.files import LabFile
from console.labs.trials.gates.answers import (
    answers_of_strangers,
    failing_alternatives,
    failing_solution,
    passing_wrong_answers,
)
from console.labs.trials.gates.contents import missing_parts
from console.labs.trials.gates.mutation import unaccepted_mutants, untested_checks
from console.labs.trials.gates.names import unknown_names_in_texts
from console.labs.trials.gates.start_gates import unearned_tasks, unfounded_denials
from console.labs.trials.gates.steadiness import SEEDS, unsteady_results, unsteady_seeds
from console.labs.trials.start_world import StartWorld

__all__ = ["SEEDS", "long_faults", "short_faults"]

Gate = Callable[[StartWorld], Iterator[str]]
Note = Callable[[str, int, int], None]
"""What is called as a step begins: its words, how many are behind it, how many there are."""

_SHORT: Mapping[Gate, str] = {
    missing_parts: "What a lab must have",
    unearned_tasks: "The start solves no task",
    unfounded_denials: "Denials are about something that is there",
    failing_solution: "The solution passes",
    failing_alternatives: "Every alternative passes",
    answers_of_strangers: "Right answers are the student's own",
    passing_wrong_answers: "Every wrong answer fails",
    unknown_names_in_texts: "Every name in the texts exists",
}
_LONG: Mapping[Gate, str] = {
    untested_checks: "Each check catches a wrong answer",
    unaccepted_mutants: "Generated wrong answers fail",
    unsteady_results: "Answers hold an hour, half a day and weeks later",
}


def _quiet(_step: str, _done: int, _steps: int) -> None:
    pass


def short_faults(lab: LabFile, start: StartWorld | None = None) -> list[str]:
    """Return what one student's world shows: a second or so."""
    start = start or StartWorld(lab)
    return [fault for gate in _SHORT for fault in gate(start)]


def long_faults(lab: LabFile, seeds: int = SEEDS, note: Note = _quiet) -> list[str]:
    """Return what keeps a lab from being published: the short gates, mutation, time and seeds."""
    gates = {**_SHORT, **_LONG}
    steps = len(gates) + seeds
    note("The world is made", 0, steps)
    start, faults = StartWorld(lab), list[str]()
    for done, (gate, words) in enumerate(gates.items()):
        note(words, done, steps)
        faults += gate(start)

    def note_seed(number: int) -> None:
        note(f"Student {number + 1} of {seeds}", len(gates) + number, steps)

    return [*faults, *unsteady_seeds(lab, seeds, note_seed)]
