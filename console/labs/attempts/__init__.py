"""A student's work on a lab; see README.md."""

from console.labs.attempts.hints import use_hint
from console.labs.attempts.progress import (
    Progress,
    TaskProgress,
    TaskState,
    progress_of,
    values_of,
)
from console.labs.attempts.solution import SolutionStep, solution_steps
from console.labs.attempts.starting import attempt_of, begin_attempt, start_again

__all__ = [
    "Progress",
    "SolutionStep",
    "TaskProgress",
    "TaskState",
    "attempt_of",
    "begin_attempt",
    "progress_of",
    "solution_steps",
    "start_again",
    "use_hint",
    "values_of",
]
