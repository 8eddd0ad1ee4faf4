"""What a task brings: its points, less those of hints and of first answers that were wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from console.labs.attempts.first_answers import wrong_at_first
from console.labs.checks import CheckResult
from console.labs.files import LabFile, Task
from console.labs.models import Attempt, HintUse


def hints_used(attempt: Attempt) -> dict[str, int]:
    """Return how many hints were used, by task."""
    used: dict[str, int] = {}
    for task, number in HintUse.objects.filter(attempt=attempt).values_list("task", "number"):
        used[task] = max(used.get(task, 0), number)
    return used


@dataclass(frozen=True)
class Prices:
    """What the tasks of an attempt bring; `wrong` are the questions that count as wrong, by task.

    `start` is the attempt's: what passed in it is no goal.
    """

    lab: LabFile
    used: Mapping[str, int]
    start: Mapping[str, Any] = field(default_factory=dict)
    wrong: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, task: Task) -> int:
        """Return the points that a task brings if it is solved now.

        After a wrong first answer that is nothing, of a `partial` task the other goals' points.
        """
        points, wrong = self._without_hints(task), self.wrong.get(task.id)
        if not wrong:
            return points
        goals = self._goals(task)
        left = sum(one not in wrong for one in goals)
        return points * left // len(goals) if task.partial and goals else 0

    def of_part(self, task: Task, checks: Sequence[CheckResult]) -> int:
        """Return the points of a task that is not solved: those of its goals that are reached.

        Only a `partial` task has any.
        """
        goals = self._goals(task)
        if not task.partial or not goals:
            return 0
        wrong = self.wrong.get(task.id, frozenset())
        passed = {one.name for one in checks if one.passed} - wrong
        return self._without_hints(task) * sum(one in passed for one in goals) // len(goals)

    def _without_hints(self, task: Task) -> int:
        hints = self.lab.hints.get(task.id, ())[: self.used.get(task.id, 0)]
        return max(0, task.points - sum(hint.cost for hint in hints))

    def _goals(self, task: Task) -> list[str]:
        guards = set(self.start.get("guards", ()))
        return [one.name for one in task.checks if f"{task.id}.{one.name}" not in guards]


def prices_of(attempt: Attempt, lab: LabFile) -> Prices:
    """Return what the tasks of an attempt bring now; two queries."""
    return Prices(lab, hints_used(attempt), attempt.start, wrong_at_first(attempt, lab))
