"""An attempt as the checks see it: its world, its values, its start, and its answers."""

from typing import Any

from django.db.models import QuerySet

from console.labs.attempts.first_answers import QUESTIONS, answers_that_count
from console.labs.attempts.start_data import start_from
from console.labs.attempts.terms import terms_of
from console.labs.checks import Case
from console.labs.checks.saved_sessions import open_results
from console.labs.files import LabFile, fresh_values
from console.labs.models import Attempt, Response
from console.labs.worlds import own_names
from iam.models import Sandbox
from iam.models.prepared_queries import Prepared


def _responses(attempt: int) -> QuerySet[Response]:
    rows = Response.objects.filter(attempt=attempt).order_by("number")
    return rows.only("task", "check_name", "number", "value", "right")


_RESPONSES = Prepared(_responses)


def values_of(attempt: Attempt, lab: LabFile) -> dict[str, str]:
    """Return the attempt's variables and what its world has names for."""
    return {**fresh_values(lab.variables, attempt.public_id), **own_names(attempt.sandbox)}


def _answers(attempt: Attempt, lab: LabFile) -> dict[tuple[str, str], Any]:
    """Return what was answered: to a prediction which were right, to a choice the last marks.

    In an exam these are the first answers, since no others count.
    """
    asking = [one for task in lab.tasks for one in task.checks if one.kind in QUESTIONS]
    if not asking:
        return {}
    checks, exam = {(one.task, one.name): one for one in asking}, terms_of(attempt).is_exam
    found: dict[tuple[str, str], Any] = {}
    for row in _RESPONSES.rows(attempt.pk):
        about = (row.task, row.check_name)
        check = checks.get(about)
        if check is None or (exam and row.number > answers_that_count(check)):
            continue
        if check.kind == "choose":
            found[about] = row.value.get("chosen", [])
        else:
            found.setdefault(about, []).append(row.right)
    return found


def case_of(attempt: Attempt, lab: LabFile, world: Sandbox | None = None) -> Case:
    """Return an attempt's world for the lab's checks: as it is now, or as it was just read."""
    sandbox = world or Sandbox.objects.get(pk=attempt.sandbox_id)
    attempt.sandbox = sandbox
    start, answers = start_from(attempt.start), _answers(attempt, lab)
    values, saved = values_of(attempt, lab), open_results(start.saved, sandbox)
    latched = frozenset(attempt.latched)
    return Case(lab, sandbox, values, start, answers, saved=saved, latched=latched)
