"""Steps performed in a trial: calls as whoever makes them, answers, the clock."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from console.labs.checks import likely_binding
from console.labs.checks.predictions import answers_given
from console.labs.files.durations import span_of
from console.labs.sandboxes import move_clock
from console.labs.steps import filled, make_assertion, perform_call, use_console
from console.labs.trials.trial import Trial
from sts.built_in import metadata_of

_SIGN_IN_URL = "https://idp.example.com/signin"


def _answer(trial: Trial, answer: Mapping[str, Any]) -> None:
    task, name = answer["task"], answer["question"]
    check = next(one for one in trial.lab.task(task).checks if one.name == name)
    if check.kind == "choose":
        given = check.asks["right"] if answer["value"] == "engine" else answer["value"]
        trial.answers[task, name] = filled(trial, given)
        return
    case = trial.case()
    trial.answers[task, name], missing = answers_given(
        case, check, answer["value"], likely_binding(case, case.lab.task(task))
    )
    if missing:
        trial.refused.append(f"{task}.{name}: {missing}")


def perform_step(trial: Trial, step: Mapping[str, Any], starts: Any) -> None:
    """Do one step; a call that AWS refuses changes nothing and is noted."""
    trial.sandbox.refresh_from_db()
    if "call" in step:
        perform_call(trial, step, starts)
    elif "assertion" in step:
        make_assertion(trial, step)
    elif "clock" in step:
        move_clock(trial.sandbox, span_of(step["clock"]))
    elif "console" in step:
        use_console(trial, step)
    elif "metadata" in step:
        trial.saved[step["save"]] = metadata_of(trial.sandbox, datetime.now(UTC), _SIGN_IN_URL)
    elif "answer" in step:
        _answer(trial, step["answer"])
    elif "choose" in step:
        trial.answers[step["task"], step["question"]] = filled(trial, step["choose"])
