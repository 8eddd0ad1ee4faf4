"""A student's work on a lab; see README.md."""

from console.labs.attempts.hints import use_hint
from console.labs.attempts.progress import (
    AttemptSummary,
    Progress,
    TaskProgress,
    TaskState,
    progress_of,
    summaries_of,
    values_of,
)
from console.labs.attempts.solution import SolutionStep, solution_steps
from console.labs.attempts.starting import attempt_of, begin_attempt, start_again, visible_attempt
from console.labs.attempts.undo import LastWrite, last_writes, undo_last

__all__ = [
    "AttemptSummary",
    "LastWrite",
    "Progress",
    "SolutionStep",
    "TaskProgress",
    "TaskState",
    "attempt_of",
    "begin_attempt",
    "last_writes",
    "progress_of",
    "solution_steps",
    "start_again",
    "summaries_of",
    "undo_last",
    "use_hint",
    "values_of",
    "visible_attempt",
]
