"""What a class misunderstands: the checks that fail most, and the statements that decide."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from console.classes.matrix.attempts import current_attempts
from console.classes.models import Assignment
from console.classes.work import lab_of_assignment
from console.labs.attempts.failures import questions_in_common_words
from console.labs.checks import Status
from console.labs.files import LabFile
from console.labs.models import Attempt, CheckFailure


@dataclass(frozen=True)
class Misconception:
    """A check with how many attempts failed it ever, and how many of those fail it now.

    `statements` are what decided, with in how many attempts, the most frequent first.
    """

    task: str
    title: str
    check: str
    ever: int
    now: int
    statements: tuple[tuple[str, int], ...]
    message: str = ""
    question: str = ""


_Results = Mapping[str, Sequence[Mapping[str, str]]]


def _still_failing(
    stored: Iterable[tuple[int, _Results]], failed: Collection[tuple[int, str, str]]
) -> Mapping[tuple[str, str], int]:
    """Count the attempts whose check failed once and does now: at the start each goal fails."""
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for pk, results in stored:
        for task, checks in results.items():
            for check in checks:
                if check["status"] == Status.FAILED and (pk, task, check["name"]) in failed:
                    counted[task, check["name"]] += 1
    return counted


def _questions(
    stored: Iterable[tuple[int, _Results]], lab: LabFile | None
) -> Mapping[tuple[str, str], str]:
    """Return what the checks ask, as one student's world has it, with names for its own values."""
    pk, results = max(stored, key=lambda one: len(one[1]), default=(0, {}))
    if lab is None or not results:
        return {}
    attempt = Attempt.objects.select_related("sandbox").get(pk=pk)
    return questions_in_common_words(attempt, lab, results)


def misconceptions_of(assignment: Assignment, most: int = 5) -> list[Misconception]:
    """Return the checks of an assignment that failed, the most frequent first; five queries."""
    failures = CheckFailure.objects.filter(attempt__assignment=assignment).order_by()
    failed = set(failures.values_list("attempt", "task", "check_name"))
    ever = Counter((task, check) for _, task, check in failed)
    statements: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    counted = failures.exclude(decisive="").values("task", "check_name", "decisive")
    for row in counted.annotate(attempts=Count("attempt", distinct=True)).order_by("-attempts"):
        statements[row["task"], row["check_name"]].append((row["decisive"], row["attempts"]))
    stored = list(current_attempts([assignment]).values_list("pk", "results")) if failed else []
    now, lab = _still_failing(stored, failed), lab_of_assignment(assignment)
    questions = _questions(stored, lab)
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
            questions.get((task, check), ""),
        )
        for (task, check), number in ever.items()
    ]
    return sorted(found, key=lambda one: (-one.ever, -one.now, one.task, one.check))
