"""Throw-away worlds in which answers are tried; see README.md."""

from console.labs.trials.answers import AnswerFileError, try_answers
from console.labs.trials.database import temporary_database
from console.labs.trials.gates import long_faults, short_faults
from console.labs.trials.reports import is_vouched_for, report_of, write_report
from console.labs.trials.start_world import StartWorld
from console.labs.trials.trial import Trial, begin

__all__ = [
    "AnswerFileError",
    "StartWorld",
    "Trial",
    "begin",
    "is_vouched_for",
    "long_faults",
    "report_of",
    "short_faults",
    "temporary_database",
    "try_answers",
    "write_report",
]
