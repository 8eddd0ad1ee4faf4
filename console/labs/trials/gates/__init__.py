"""The gates that a lab passes before it is published; README.md has the reason of each."""

from collections.abc import Callable, Iterator

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

_SHORT: tuple[Callable[[StartWorld], Iterator[str]], ...] = (
    missing_parts,
    unearned_tasks,
    unfounded_denials,
    failing_solution,
    failing_alternatives,
    answers_of_strangers,
    passing_wrong_answers,
    unknown_names_in_texts,
)
_LONG: tuple[Callable[[StartWorld], Iterator[str]], ...] = (
    untested_checks,
    unaccepted_mutants,
    unsteady_results,
)


def short_faults(lab: LabFile, start: StartWorld | None = None) -> list[str]:
    """Return what one student's world shows: a second or so."""
    start = start or StartWorld(lab)
    return [fault for gate in _SHORT for fault in gate(start)]


def long_faults(lab: LabFile, seeds: int = SEEDS) -> list[str]:
    """Return what keeps a lab from being published: the short gates, mutation, time and seeds."""
    start = StartWorld(lab)
    faults = short_faults(lab, start)
    faults += [fault for gate in _LONG for fault in gate(start)]
    return [*faults, *unsteady_seeds(lab, seeds)]
