"""`choose` and `predict`: what the student answered."""

from console.labs.checks.case import Binding, Case
from console.labs.checks.predictions import answers_in_a_row, wanted_in_a_row
from console.labs.checks.results import CheckResult, Status
from console.labs.files import Check


def judge_choose(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Compare the student's last choice with the right one: `{question, options, right}`."""
    asks = case.fill(check.asks, binding)
    chosen = case.answers.get((check.task, check.name), ())
    passed = set(chosen) == set(asks["right"])
    status = Status.PASSED if passed else Status.FAILED
    got = ", ".join(chosen) or "no answer"
    return CheckResult(check.name, status, asks["question"], "the right answer", got)


def judge_predict(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Look for enough right answers in a row: `{right, ask, questions}`.

    Once there were enough no question is open, so the newest answers are those that count.
    """
    wanted = wanted_in_a_row(check)
    row = answers_in_a_row(case.answers.get((check.task, check.name), ()))
    status = Status.PASSED if row >= wanted else Status.FAILED
    question = "Can you predict what AWS answers?"
    times = "right answer" if wanted == 1 else "right answers in a row"
    return CheckResult(check.name, status, question, f"{wanted} {times}", f"{row} in a row")
