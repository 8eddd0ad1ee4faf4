"""Steps performed in a trial: calls as whoever makes them, answers, the clock."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from console.labs.checks import Happening, likely_binding
from console.labs.checks.predictions import answers_given
from console.labs.files.durations import span_of
from console.labs.sandboxes import move_clock
from console.labs.steps import caller_for, filled, make_assertion, perform_call, use_console
from console.labs.trials.trial import Trial
from iam.analysis import plain_origin
from iam.arns import role_arn, saml_provider_arn
from iam.callers import Origin
from sts.built_in import add_offer, metadata_of

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


def _origin() -> Origin:
    return plain_origin(datetime.now(UTC))


def _visit(trial: Trial, step: Mapping[str, Any], starts: Any) -> None:
    """Open a page, as `as`: a page that explains a decision is also seen as one."""
    path = filled(trial, step["visit"])
    by = caller_for(trial, filled(trial, step.get("as", starts)), _origin()).principal_id
    name = "WhyOpened" if path.startswith("/why/") else "PageVisited"
    trial.happenings.append(Happening(name, by, path))


def _clock(trial: Trial, step: Mapping[str, Any]) -> None:
    move_clock(trial.sandbox, span_of(step["clock"]))
    trial.happenings.append(Happening("ClockMoved", text=step["clock"]))


def _offer(trial: Trial, asks: Mapping[str, str]) -> None:
    account, _, role = filled(trial, asks["role"]).partition("/")
    account_id = trial.values[account]
    provider_arn = saml_provider_arn(account_id, asks["provider"])
    add_offer(trial.sandbox, asks["group"], role_arn(account_id, role), provider_arn)


def _choose(trial: Trial, step: Mapping[str, Any]) -> None:
    trial.answers[step["task"], step["question"]] = filled(trial, step["choose"])


def _save_metadata(trial: Trial, step: Mapping[str, Any]) -> None:
    trial.saved[step["save"]] = metadata_of(trial.sandbox, datetime.now(UTC), _SIGN_IN_URL)


_BY_SOMEBODY: Mapping[str, Callable[[Trial, Mapping[str, Any], Any], None]] = {
    "call": perform_call,
    "visit": _visit,
}
_PERFORMED: Mapping[str, Callable[[Trial, Mapping[str, Any]], None]] = {
    "assertion": make_assertion,
    "clock": _clock,
    "console": use_console,
    "offer": lambda trial, step: _offer(trial, step["offer"]),
    "metadata": _save_metadata,
    "answer": lambda trial, step: _answer(trial, step["answer"]),
    "choose": _choose,
}


def perform_step(trial: Trial, step: Mapping[str, Any], starts: Any) -> None:
    """Do one step; a call that AWS refuses changes nothing and is noted."""
    trial.sandbox.refresh_from_db()
    for kind, perform_as in _BY_SOMEBODY.items():
        if kind in step:
            perform_as(trial, step, starts)
            return
    for kind, perform in _PERFORMED.items():
        if kind in step:
            perform(trial, step)
            return
