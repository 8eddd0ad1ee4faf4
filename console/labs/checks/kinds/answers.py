"""`choose`: what the student marked is what the world has."""

from console.labs.checks.case import Binding, Case
from console.labs.checks.results import CheckResult, Status
from console.labs.files import Check


def judge_choose(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Compare the student's choice with the right one: `{question, options, right}`."""
    asks = case.fill(check.asks, binding)
    chosen = next((v for (_, question), v in case.answers.items() if question == check.name), ())
    passed = set(chosen) == set(asks["right"])
    status = Status.PASSED if passed else Status.FAILED
    got = ", ".join(chosen) or "no answer"
    return CheckResult(check.name, status, asks["question"], "the right answer", got)
