"""`without`: what another check would find if a policy were not there."""

from collections.abc import Callable
from dataclasses import replace

from console.labs.checks.case import Binding, Case
from console.labs.checks.counterfactual import in_words, without
from console.labs.checks.results import CheckResult
from console.labs.files import Check, check_of

Judge = Callable[[Case, Check, Binding], CheckResult]


def judge_without(judges: dict[str, Judge]) -> Judge:
    """Return the judge of `{what: {identity | trust | boundary | policy | resource}, check}`."""

    def judge(case: Case, check: Check, binding: Binding) -> CheckResult:
        asks = check.asks
        given = asks["what"] if isinstance(asks["what"], list) else [asks["what"]]
        removed = case.fill(given, binding)
        inner = check_of({"name": check.name, **asks["check"]}, check.task)
        result = judges[inner.kind](without(case, removed), inner, binding)
        question = f"Without {in_words(case, removed)}: {result.question}"
        return replace(result, question=question)

    return judge
