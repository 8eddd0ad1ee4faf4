"""What a check found, and whether a task is solved."""

from dataclasses import dataclass
from enum import StrEnum

from console.labs.files import Check

_QUESTIONS = {
    "no_other_way": "Does nobody else get in?",
    "no_public_access": "Does nobody from outside get in?",
    "unchanged_access": "Does everybody else reach what they reached at the start, and no more?",
}


class Status(StrEnum):
    """Whether a check's question has the answer that it should; WAITING was not asked yet."""

    PASSED = "passed"
    FAILED = "failed"
    WAITING = "waiting"


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


def waiting_result(check: Check, question: str = "") -> CheckResult:
    """Return the result of a check that waits for the others; `question` as it will be asked."""
    asked = question or _QUESTIONS.get(check.kind, check.name.replace("-", " "))
    expected = check.expect or ("no way" if check.kind == "never" else "yes")
    return CheckResult(check.name, Status.WAITING, asked, expected, "not asked yet")


@dataclass(frozen=True)
class TaskResult:
    """A task's checks for the candidate that passes most of them."""

    task: str
    checks: tuple[CheckResult, ...]

    @property
    def solved(self) -> bool:
        return all(check.passed for check in self.checks)
