"""Steps performed in a trial: calls as whoever makes them, answers, the clock."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from console.labs.checks import likely_binding
from console.labs.checks.predictions import answers_given
from console.labs.checks.subjects import assume_params
from console.labs.documents import with_texts
from console.labs.files.durations import span_of
from console.labs.files.names import NAME_IN_BRACES
from console.labs.sandboxes import move_clock
from console.labs.trials.trial import Trial
from iam.actions.mfa_codes import code_of, step_at
from iam.analysis import World, plain_origin
from iam.arns import role_arn
from iam.callers import Caller, Origin, Visit, service_caller
from iam.perform import perform
from iam.trail import end_visit
from iam.wire.errors import AwsError
from sts.built_in import metadata_of
from sts.credentials import caller_of, open_token
from sts.sign_in import exit_role, switch_role

_SIGN_IN_URL = "https://idp.example.com/signin"


class NoSuchSubject(LookupError):
    """A step's `as` names nobody of the world."""


def _origin() -> Origin:
    return plain_origin(datetime.now(UTC))


def _filled(trial: Trial, value: Any) -> Any:
    """Return data with variables, account IDs and what was saved filled in."""
    if isinstance(value, str):
        return NAME_IN_BRACES.sub(lambda found: _value(trial, found), value)
    if isinstance(value, Mapping):
        return {_filled(trial, key): _filled(trial, one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_filled(trial, one) for one in value]
    return value


def _value(trial: Trial, found: re.Match[str]) -> str:
    name, path = found[1], [step for step in found[2].split(".") if step]
    if name in trial.saved:
        value: Any = trial.saved[name]
        for step in path:
            value = _part(value, step)
        return str(value)
    return trial.values.get(name, found[0])


def _part(value: Any, step: str) -> Any:
    """Return a member, one of a list by its number, or the last three codes of an MFA seed."""
    if step == "codes" and isinstance(value, bytes):
        now = step_at(datetime.now(UTC))
        return [code_of(value.decode(), one) for one in (now - 2, now - 1, now)]
    return value[int(step)] if isinstance(value, list) else value[step]


def _named(trial: Trial, reference: str, origin: Origin) -> Caller:
    account, _, name = reference.partition("/")
    account_id = trial.values.get(account, account)
    world = World(trial.sandbox, origin)
    for one in world.everyone:
        if one.account_id == account_id and one.name == name and one.kind in {"user", "role"}:
            return _fresh(one.caller)
    raise NoSuchSubject(reference)


def _fresh(caller: Caller) -> Caller:
    fields = {name: getattr(caller, name) for name in Caller.__dataclass_fields__}
    return Caller(**{**fields, "visit": Visit()})


def _session(credentials: Mapping[str, Any], origin: Origin) -> Caller:
    return caller_of(open_token(credentials["SessionToken"]), origin, Visit())


def _caller(trial: Trial, asks: Any) -> Caller:
    """Return who makes a step's call: sessions are opened as AWS opens them."""
    origin = _origin()
    if isinstance(asks, str):
        return _named(trial, asks, origin)
    if "credentials" in asks:
        return _session(trial.saved[asks["credentials"]]["Credentials"], origin)
    if "root" in asks:
        account_id = trial.values.get(asks["root"], asks["root"])
        roots = (one for one in World(trial.sandbox, origin).everyone if one.kind == "root")
        return _fresh(next(one.caller for one in roots if one.account_id == account_id))
    if "service" in asks:
        account = asks.get("source_account", "")
        account_id = trial.values.get(account, account)
        return service_caller(asks["service"], trial.sandbox, account_id, origin, Visit())
    if "user" in asks:
        return _named(trial, asks["user"], origin)
    first, *roles = asks["chain"]
    caller = _named(trial, first, origin)
    for reference in roles:
        account, _, name = reference.partition("/")
        account_id = trial.values.get(account, account)
        arn = role_arn(account_id, name)
        params = assume_params(arn, asks)
        caller = _session(perform(caller, "sts:AssumeRole", params)["Credentials"], origin)
    return caller


def _call(trial: Trial, step: Mapping[str, Any], starts: Any) -> None:
    ((operation, given),) = step["call"].items()
    params = with_texts(operation, _filled(trial, given or {}))
    try:
        caller = _caller(trial, _filled(trial, step.get("as", starts)))
        result = perform(caller, operation, params)
    except AwsError as error:
        trial.refused.append(f"{operation}: {error.code}")
        return
    except NoSuchSubject as error:
        trial.refused.append(f"{operation}: there is no {error}")
        return
    end_visit(caller.visit)
    if "save" in step:
        trial.saved[step["save"]] = result


def _answer(trial: Trial, answer: Mapping[str, Any]) -> None:
    task, name = answer["task"], answer["question"]
    check = next(one for one in trial.lab.task(task).checks if one.name == name)
    if check.kind == "choose":
        given = check.asks["right"] if answer["value"] == "engine" else answer["value"]
        trial.answers[task, name] = _filled(trial, given)
        return
    case = trial.case()
    trial.answers[task, name], missing = answers_given(
        case, check, answer["value"], likely_binding(case, case.lab.task(task))
    )
    if missing:
        trial.refused.append(f"{task}.{name}: {missing}")


def _console(trial: Trial, step: Mapping[str, Any]) -> None:
    """Switch to a role in the console, or leave it."""
    origin = _origin()
    user = _named(trial, step["as"], origin)
    account, _, name = step["role"].partition("/")
    try:
        token = trial.saved.get(step["role"]) or switch_role(user, trial.values[account], name)
    except AwsError as error:
        trial.refused.append(f"console:{step['console']}: {error.code}")
        return
    trial.saved[step["role"]] = token
    if step["console"] == "ExitRole":
        exit_role(user, caller_of(open_token(token), origin, user.visit))
        del trial.saved[step["role"]]
    end_visit(user.visit)


def perform_step(trial: Trial, step: Mapping[str, Any], starts: Any) -> None:
    """Do one step; a call that AWS refuses changes nothing and is noted."""
    trial.sandbox.refresh_from_db()
    if "call" in step:
        _call(trial, step, starts)
    elif "clock" in step:
        move_clock(trial.sandbox, span_of(step["clock"]))
    elif "console" in step:
        _console(trial, step)
    elif "metadata" in step:
        trial.saved[step["save"]] = metadata_of(trial.sandbox, datetime.now(UTC), _SIGN_IN_URL)
    elif "answer" in step:
        _answer(trial, step["answer"])
    elif "choose" in step:
        trial.answers[step["task"], step["question"]] = _filled(trial, step["choose"])
