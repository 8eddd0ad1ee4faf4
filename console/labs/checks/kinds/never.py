"""`never`: no way of a few steps leads a principal to a goal."""

from console.labs.checks.case import Binding, Case
from console.labs.checks.results import CheckResult, Status
from console.labs.files import Check
from iam.analysis import Circumstances, escalations

_STEPS = 5


def judge_never(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Search for a way: `{from, goal: admin | {role: …}, steps}`, with MFA and without."""
    asks = case.fill(check.asks, binding)
    someone = case.principal(asks["from"])
    goal = asks.get("goal", "admin")
    question = f"Can {asks['from']} become {goal if isinstance(goal, str) else goal['role']}?"
    if someone is None:
        return CheckResult(check.name, Status.PASSED, question, "never", "never")
    if isinstance(goal, dict) and case.arn(goal["role"], "role") in case.access[someone.arn].roles:
        return CheckResult(check.name, Status.FAILED, question, "never", "by assuming the role")
    for now in (Circumstances(), Circumstances(mfa=True)):
        found = escalations(case.world, someone, most_steps=asks.get("steps", _STEPS), now=now)
        if found.paths:
            got = "; ".join(step.title for step in found.paths[0].steps) or "is one now"
            return CheckResult(check.name, Status.FAILED, question, "never", got)
    return CheckResult(check.name, Status.PASSED, question, "never", "never")
