"""Throw-away worlds in which answers are tried; see README.md."""

from console.labs.trials.answers import AnswerFileError, try_answers
from console.labs.trials.database import temporary_database
from console.labs.trials.gates import (
    gate_faults,
    unsteady_results,
    unsteady_seeds,
    untested_checks,
)
from console.labs.trials.trial import Trial, begin

__all__ = [
    "AnswerFileError",
    "Trial",
    "begin",
    "gate_faults",
    "temporary_database",
    "try_answers",
    "unsteady_results",
    "unsteady_seeds",
    "untested_checks",
]
