"""What a class misunderstands: the checks that fail most, and the statements that decide."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from console.classes.matrix.attempts import current_attempts
from console.classes.models import Assignment
from console.classes.work import lab_of_assignment
from console.labs.checks import Status
from console.labs.models import CheckFailure


@dataclass(frozen=True)
class Misconception:
    """A check with how many attempts failed it ever, and how many fail it now.

    `statements` are what decided, with in how many attempts, the most frequent first.
    """

    task: str
    title: str
    check: str
    ever: int
    now: int
    statements: tuple[tuple[str, int], ...]
    message: str = ""


def _failing_now(assignment: Assignment) -> Mapping[tuple[str, str], int]:
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for results in current_attempts([assignment]).values_list("results", flat=True):
        for task, checks in results.items():
            for check in checks:
                if check["status"] == Status.FAILED:
                    counted[task, check["name"]] += 1
    return counted


def misconceptions_of(assignment: Assignment, most: int = 5) -> list[Misconception]:
    """Return the checks of an assignment that failed, the most frequent first; three queries."""
    failures = CheckFailure.objects.filter(attempt__assignment=assignment).order_by()
    ever = {
        (row["task"], row["check_name"]): row["attempts"]
        for row in failures.values("task", "check_name").annotate(
            attempts=Count("attempt", distinct=True)
        )
    }
    statements: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    counted = failures.exclude(decisive="").values("task", "check_name", "decisive")
    for row in counted.annotate(attempts=Count("attempt", distinct=True)).order_by("-attempts"):
        statements[row["task"], row["check_name"]].append((row["decisive"], row["attempts"]))
    now, lab = _failing_now(assignment), lab_of_assignment(assignment)
    titles = {task.id: task.title for task in lab.tasks} if lab else {}
    found = [
        Misconception(
            task,
            titles.get(task, task),
            check,
            number,
            now.get((task, check), 0),
            tuple(statements[task, check][:most]),
            lab.messages.get(f"{task}.{check}", lab.messages.get(check, "")) if lab else "",
        )
        for (task, check), number in ever.items()
    ]
    return sorted(found, key=lambda one: (-one.ever, -one.now, one.task, one.check))
