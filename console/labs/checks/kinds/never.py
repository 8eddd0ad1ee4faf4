"""`never`: no way of a few steps leads a principal to a goal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from console.labs.checks.case import Binding, Case
from console.labs.checks.left_credentials import held_by
from console.labs.checks.results import CheckResult, Status, waiting_result
from console.labs.checks.subjects import called_in
from console.labs.files import Check
from iam.analysis import (
    ADMINISTRATOR,
    ActAs,
    Do,
    Escalation,
    EscalationPath,
    Goal,
    SearchTooLong,
    WorldPrincipal,
    escalations_of_all,
)

_STEPS = 5


def _goal(case: Case, asks: Any) -> tuple[Goal, str]:
    """Return a goal and how the question says it."""
    if isinstance(asks, str):
        return ADMINISTRATOR, "become an administrator"
    if "action" in asks:
        return Do(asks["action"], asks["resource"]), f"do {asks['action']} on {asks['resource']}"
    arn = case.arn(asks["role"], "role")
    return ActAs(arn), f"act as {arn}"


def _who(case: Case, asks: Mapping[str, Any]) -> tuple[list[WorldPrincipal], str]:
    """Return the principals that are asked about: those that there are no longer are none."""
    wanted = asks["from"]
    if wanted == "all":
        spared = {case.arn(one) for one in asks.get("except", ())}
        found = [one for one in case.world.people.values() if one.arn not in spared]
        return found, "anybody else" if spared else "anybody"
    references = [wanted] if isinstance(wanted, str) else wanted
    known = {one: case.principal(one) for one in references}
    words = [called_in(case, found) if found else one for one, found in known.items()]
    return [found for found in known.values() if found is not None], " or ".join(words)


def _steps(path: EscalationPath, goal: str) -> Iterator[str]:
    for step in path.steps:
        needs = f" ({step.needs})" if step.needs else ""
        yield f"{step.title}{needs}"
    if not path.steps:
        needs = f" ({path.needs})" if path.needs else ""
        yield f"can {goal} already{needs}"


def ask_never(case: Case, check: Check, binding: Binding) -> str:
    """Return the question in words."""
    asks = case.fill(check.asks, binding)
    wanted = asks.get("goal", "admin")
    _, who = _who(case, asks)
    if isinstance(wanted, dict) and wanted.get("role", "").startswith("{"):
        return f"Is there a way for {who} to act as the role?"
    _, words = _goal(case, wanted)
    return f"Is there a way of up to {asks.get('steps', _STEPS)} steps for {who} to {words}?"


def judge_never(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Search for a way: `{from, goal: admin | {role} | {action, resource}, steps}`.

    Each step may need a second factor, an address or a later date: the search tries them. Whose
    key or password somebody has made since the start, he can act as. What the case's budget does
    not suffice for waits.
    """
    asks = case.fill(check.asks, binding)
    wanted, question = asks.get("goal", "admin"), ask_never(case, check, binding)
    if isinstance(wanted, dict) and wanted.get("role", "").startswith("{"):
        return CheckResult(check.name, Status.PASSED, question, "no way", "There is no role.")
    goal, words = _goal(case, wanted)
    people, _ = _who(case, asks)
    most = asks.get("steps", _STEPS)
    acting = {one.arn: one.called for one in people}
    also: list[WorldPrincipal] = []
    for one in people:
        for other, what in held_by(case, one):
            if other.arn not in acting:
                acting[other.arn] = f"{one.called}, who has made {what}"
                also.append(other)
    try:
        found = _found(case, goal, most, [*people, *also])
    except SearchTooLong:
        return waiting_result(check, question)
    if found is None:
        return CheckResult(check.name, Status.PASSED, question, "no way", "no way")
    first = found.paths[0]
    way = "; ".join(_steps(first, words))
    reasons = [step.reason for step in first.steps if step.reason]
    got = f"{acting[found.someone.arn]}: {way}"
    return CheckResult(check.name, Status.FAILED, question, "no way", got, "; ".join(reasons))


def _found(case: Case, goal: Goal, most: int, among: Sequence[WorldPrincipal]) -> Escalation | None:
    """Return the first way that there is; raises SearchTooLong."""
    searches = escalations_of_all(
        case.world, goal=goal, most_steps=most, among=among, budget=case.budget
    )
    return next((one for one in searches if one.paths), None)
