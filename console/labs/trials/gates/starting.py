"""What holds at the start: no task is solved, and each has something to reach."""

from collections.abc import Iterator
from typing import Any

from console.labs.checks import Case
from console.labs.files import Check, Task
from console.labs.files.names import names_in
from console.labs.trials.stage import Stage
from console.services.s3.models import Bucket
from iam.arns import parse_arn
from iam.policy_documents import as_list

_DENIED = {"denied", "implicit_deny", "explicit_deny"}
_REFERENCES = {"as", "from", "role", "user", "assume", "chain", "except"}


def goals_of(stage: Stage, task: Task) -> list[Check]:
    """Return the checks that fail at the start; the others are guards."""
    failing = stage.tried().failing
    return [check for check in task.checks if f"{task.id}.{check.name}" in failing]


def unearned_tasks(stage: Stage) -> Iterator[str]:
    """Find tasks that the start world solves: all their checks are guards, so nothing is asked."""
    for task in stage.lab.tasks:
        if not goals_of(stage, task):
            yield f"The start world solves the task `{task.id}`: it has no goal."


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a check with the key that it stands under."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _strings(inner, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner, key)


def _makes(check: Check) -> bool:
    actions = check.asks.get("action", []) if isinstance(check.asks, dict) else []
    return any(action.partition(":")[2].startswith("Create") for action in as_list(actions))


def _bucket_is_there(case: Case, name: str) -> bool:
    return Bucket.in_sandbox(case.sandbox).filter(name=name).exists()


def _is_there(case: Case, arn: str) -> bool:
    """Return whether a user, a role, a policy or a bucket is there; of other things, yes."""
    found = parse_arn(arn)
    if found is None or "*" in arn or arn.endswith(":root"):
        return True
    if found.service == "s3":
        return _bucket_is_there(case, found.resource.partition("/")[0])
    if found.service != "iam" or not arn.partition(":iam::")[2]:
        return True
    type_ = found.resource.partition("/")[0]
    if type_ in {"user", "role"}:
        return case.world.someone(arn) is not None
    if type_ == "policy":
        return arn in {version.policy.arn for version in case.world.versions}
    return True


def _things(case: Case, check: Check, bound: set[str]) -> Iterator[str]:
    """Yield what a check is about and what is not there at the start, as the check spells it."""
    for key, text in _strings(check.asks):
        names = set(names_in(text)) & bound
        if names:
            yield from sorted(names)
            continue
        filled = case.fill(text, {})
        if key in _REFERENCES and "/" in filled and not filled.startswith("arn:"):
            kind = "role" if key in {"role", "assume"} else "user"
            filled = case.arn(filled, kind)
        if filled.startswith("arn:") and not _is_there(case, filled):
            yield text


def unfounded_denials(stage: Stage) -> Iterator[str]:
    """Find denials about something that nothing makes exist.

    Whatever is not there is denied: such a check passes for who has done nothing about it. A goal
    of the same task must need the same thing.
    """
    case = stage.case()
    for task in stage.lab.tasks:
        bound = set(task.let)
        goals = goals_of(stage, task)
        founded = {
            thing
            for goal in goals
            if goal.expect not in _DENIED
            for thing in _things(case, goal, bound)
        }
        for check in task.checks:
            if check.expect not in _DENIED or _makes(check):
                continue
            for thing in dict.fromkeys(_things(case, check, bound)):
                if thing not in founded:
                    yield (
                        f"`{task.id}.{check.name}` expects a denial about `{thing}`, which is not "
                        "there at the start: no goal of the task needs it."
                    )
