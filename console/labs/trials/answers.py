"""`lab try`: answers of a file, each from the start world, and every check judged."""

from collections.abc import Mapping, Sequence
from typing import Any

from console.labs.checks import TaskResult, judge
from console.labs.files import LabFile
from console.labs.trials.start_world import StartWorld
from console.labs.trials.steps import perform_step
from console.labs.trials.trial import Trial

_STEPS = ("call", "answer", "choose", "assertion", "clock", "visit", "console", "metadata", "offer")


class AnswerFileError(ValueError):
    """A file that is no list of answers."""


def _steps(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return an item's calls as steps: `{operation: params}` is a call."""
    calls = item.get("calls")
    if not isinstance(calls, list):
        raise AnswerFileError("`calls` must be a list.")
    steps: list[Mapping[str, Any]] = []
    for call in calls:
        if not isinstance(call, dict) or not call:
            raise AnswerFileError("Each of `calls` must be {operation: params} or a step.")
        steps.append(call if any(key in call for key in _STEPS) else {"call": call})
    return steps


def _checked(answers: Any) -> Sequence[Mapping[str, Any]]:
    if not isinstance(answers, list) or not all(isinstance(one, dict) for one in answers):
        raise AnswerFileError("The file must hold a list of answers.")
    return answers


def _shown(item: Mapping[str, Any], trial: Trial, results: Sequence[TaskResult]) -> dict[str, Any]:
    checks = [
        {
            "task": result.task,
            "name": check.name,
            "status": check.status.value,
            "got": check.got,
            "decisive": check.decisive,
        }
        for result in results
        for check in result.checks
    ]
    return {
        "name": item.get("name", ""),
        "solved": [result.task for result in results if result.solved],
        "checks": checks,
        "refused": trial.refused,
    }


def try_answers(lab: LabFile, answers: Any, fixed: Mapping[str, str]) -> list[dict[str, Any]]:
    """Judge each answer of the lab from its start; raises AnswerFileError for a bad file."""
    own = [item for item in _checked(answers) if item.get("lab") == lab.slug]
    steps_of = [(item, _steps(item)) for item in own]
    if not own:
        return []
    start, shown = StartWorld(lab, "try", fixed), []
    for item, steps in steps_of:
        with start.trial() as performance:
            trial = performance.trial
            for step in steps:
                perform_step(trial, step, item.get("as") or lab.student.starts)
            shown.append(_shown(item, trial, judge(trial.case())))
    return shown
