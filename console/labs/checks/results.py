"""What a check found, and whether a task is solved."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Whether a check's question has the answer that it should."""

    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True)
class CheckResult:
    """One check: the question in words, what was expected, and what the world answers.

    `decisive` names the statement that decides, or says that none does. `message` is the author's.
    """

    name: str
    status: Status
    question: str
    expected: str
    got: str
    decisive: str = ""
    message: str = ""

    @property
    def passed(self) -> bool:
        return self.status is Status.PASSED


@dataclass(frozen=True)
class TaskResult:
    """A task's checks for the candidate that passes most of them."""

    task: str
    checks: tuple[CheckResult, ...]

    @property
    def solved(self) -> bool:
        return all(check.passed for check in self.checks)
