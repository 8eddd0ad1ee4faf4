"""First answers: where work is graded they alone count, and later ones are for practice."""

from collections.abc import Mapping

from console.labs.attempts.terms import terms_of
from console.labs.checks.predictions import wanted_in_a_row
from console.labs.files import Check, LabFile
from console.labs.models import Attempt, Response

QUESTIONS = frozenset({"predict", "choose"})
"""The kinds of check that students answer."""


def answers_that_count(check: Check) -> int:
    """Return how many answers to a question count where first answers do."""
    return wanted_in_a_row(check) if check.kind == "predict" else 1


def counting_answers(attempt: Attempt, lab: LabFile) -> Mapping[tuple[str, str], int]:
    """Return how many answers count by task and question; nothing where all do."""
    if not terms_of(attempt).first_answers_count:
        return {}
    checks = (one for task in lab.tasks for one in task.checks if one.kind in QUESTIONS)
    return {(one.task, one.name): answers_that_count(one) for one in checks}


def wrong_at_first(attempt: Attempt, lab: LabFile) -> Mapping[str, frozenset[str]]:
    """Return the questions of each task with a wrong answer among those that count.

    None in practice; one query, and none for a lab without questions.
    """
    counting = counting_answers(attempt, lab)
    if not counting:
        return {}
    wrong: dict[str, set[str]] = {}
    rows = Response.objects.filter(attempt=attempt, right=False).order_by()
    for task, name, number in rows.values_list("task", "check_name", "number"):
        if number <= counting.get((task, name), 0):
            wrong.setdefault(task, set()).add(name)
    return {task: frozenset(names) for task, names in wrong.items()}
