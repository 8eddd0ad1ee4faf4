"""Checks: what a student's world allows, asked of the engine; see README.md."""

from console.labs.checks.case import Case, Start, start_of
from console.labs.checks.happenings import SEEN_BY_THE_SITE, Happening, awaited_names, is_awaited
from console.labs.checks.judgment import judge, judge_task, likely_binding, reason_of
from console.labs.checks.results import CheckResult, Status, TaskResult

__all__ = [
    "SEEN_BY_THE_SITE",
    "Case",
    "CheckResult",
    "Happening",
    "Start",
    "Status",
    "TaskResult",
    "awaited_names",
    "is_awaited",
    "judge",
    "judge_task",
    "likely_binding",
    "reason_of",
    "start_of",
]
