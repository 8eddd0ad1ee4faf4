"""How far each task of an attempt is, and the points that count now."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from console.labs.checks import CheckResult
from console.labs.files import LabFile, Task


class TaskState(StrEnum):
    """How far a task is; BROKEN was solved and no longer holds."""

    LOCKED = "locked"
    OPEN = "open"
    SOLVED = "solved"
    BROKEN = "broken"

    @property
    def letter(self) -> str:
        """Return the letter that stands for it where many attempts are listed."""
        return self.value[0].upper()


def is_locked(task: Task, solved: Collection[str]) -> bool:
    return bool(task.after) and task.after not in solved


def holds(checks: Sequence[CheckResult]) -> bool:
    return all(check.passed for check in checks)


def state_of(
    task: Task, checks: Sequence[CheckResult], solved: Collection[str], *, locks: bool = True
) -> TaskState:
    """Return how far a task is; without `locks` it waits for no other, as in an exam."""
    if task.id in solved:
        return TaskState.SOLVED if task.once or holds(checks) else TaskState.BROKEN
    return TaskState.LOCKED if locks and is_locked(task, solved) else TaskState.OPEN


def letters_of(
    lab: LabFile,
    results: Mapping[str, Sequence[CheckResult]],
    solved: Collection[str],
    *,
    locks: bool = True,
) -> str:
    """Return one letter for each task: Locked, Open, Solved, or Broken since."""
    return "".join(
        state_of(task, results.get(task.id, ()), solved, locks=locks).letter for task in lab.tasks
    )
