"""What holds at the start: no task is solved, and each has something to reach."""

from collections.abc import Iterator
from typing import Any

from console.labs.checks import Case
from console.labs.files import Check, Task
from console.labs.files.names import names_in
from console.labs.trials.start_world import StartWorld
from console.services.s3.models import Bucket
from iam.arns import Arn, parse_arn
from iam.policy_documents import as_list

_DENIED = {"denied", "implicit_deny", "explicit_deny"}
_REFERENCES = {"as", "from", "role", "user", "assume", "chain", "except"}


def goals_of(start: StartWorld, task: Task) -> list[Check]:
    """Return the checks that fail at the start; the others are guards."""
    failing = start.tried().failing
    return [check for check in task.checks if f"{task.id}.{check.name}" in failing]


def unearned_tasks(start: StartWorld) -> Iterator[str]:
    """Find tasks that the start world solves: all their checks are guards, so nothing is asked."""
    for task in start.lab.tasks:
        if not goals_of(start, task):
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


def _is_there(case: Case, arn: Arn) -> bool:
    """Return whether a user, a role, a policy or a bucket is there; of other things, yes."""
    if "*" in arn.resource:
        return True
    if arn.service == "s3":
        return _bucket_is_there(case, arn.resource.partition("/")[0])
    if not arn.is_of_account:
        return True
    if arn.is_of("iam", "user", "role"):
        return case.world.someone(str(arn)) is not None
    if arn.is_of("iam", "policy"):
        return str(arn) in {version.policy.arn for version in case.world.versions}
    return True


def _things(case: Case, check: Check, bound: set[str]) -> Iterator[str]:
    """Yield what a check is about and what is not there at the start, as the check spells it."""
    for key, text in _strings(check.asks):
        names = set(names_in(text)) & bound
        if names:
            yield from sorted(names)
            continue
        filled = case.fill(text, {})
        if key in _REFERENCES and "/" in filled:
            filled = case.arn(filled, "role" if key in {"role", "assume"} else "user")
        arn = parse_arn(filled)
        if arn and not _is_there(case, arn):
            yield text


def unfounded_denials(start: StartWorld) -> Iterator[str]:
    """Find denials about something that nothing makes exist.

    Whatever is not there is denied: such a check passes for who has done nothing about it. A goal
    of the same task must need the same thing.
    """
    case = start.case()
    for task in start.lab.tasks:
        bound = set(task.let)
        goals = goals_of(start, task)
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
