"""Questions of an attempt answered as the engine answers them."""

from collections.abc import Mapping
from typing import Any

from console.labs.attempts import answer_question, open_question
from console.labs.attempts.cases import case_of
from console.labs.checks import likely_binding
from console.labs.checks.predictions import nth_question, right_answer
from console.labs.files import LabFile
from console.labs.models import Attempt

_MOST = 20


def right_parts(
    attempt: Attempt, lab: LabFile, task: str, name: str
) -> tuple[int, dict[str, str]] | None:
    """Return the number of a prediction's open question and its right answer, part by part."""
    asked = open_question(attempt, lab, task, name)
    if asked is None:
        return None
    check = next(one for one in lab.task(task).checks if one.name == name)
    asks, case = nth_question(check, attempt.public_id, asked.number), case_of(attempt, lab)
    right = right_answer(case, asks, likely_binding(case, lab.task(task)))
    words = {"verdict": right.verdicts[0], "layer": right.layers[0]}
    return asked.number, {part: words[part] for part in asked.parts}


def answer_rightly(attempt: Attempt, lab: LabFile, answer: Mapping[str, Any]) -> None:
    """Answer a prediction as a solution's step says, until no question of it is open."""
    task, name = answer["task"], answer["question"]
    for _ in range(_MOST):
        asked = right_parts(attempt, lab, task, name)
        if asked is None:
            return
        answered = answer_question(attempt, lab, task, name, *asked)
        assert answered.right is not False
    message = f"{task}.{name} is still open after {_MOST} right answers"
    raise AssertionError(message)
