"""A task judged: every candidate tried, the one that passes most is shown."""

from collections.abc import Iterable
from dataclasses import replace

from console.labs.checks.bindings import candidates
from console.labs.checks.case import Binding, Case
from console.labs.checks.kinds import JUDGES, OF_THE_WHOLE_WORLD
from console.labs.checks.kinds.never import ask_never
from console.labs.checks.outcomes import decisions_seen
from console.labs.checks.results import CheckResult, TaskResult, waiting_result
from console.labs.files import Check, Task
from iam.authorization import Explanation, explanation_of

_QUESTIONS = {"choose", "predict"}


def _judged(case: Case, checks: Iterable[Check], binding: Binding) -> tuple[CheckResult, ...]:
    return tuple(
        JUDGES[check.kind](case, replace(check, spared=case.fill(check.spared, binding)), binding)
        for check in checks
    )


def _sparingly(case: Case, checks: Iterable[Check], binding: Binding) -> tuple[CheckResult, ...]:
    """Judge the checks of the whole world only where all others pass: they take long."""
    checks = tuple(checks)
    cheap = [one for one in checks if one.kind not in OF_THE_WHOLE_WORLD]
    results = {one.name: one for one in _judged(case, cheap, binding)}
    if all(one.passed for one in results.values()):
        rest = [one for one in checks if one.name not in results]
        results |= {one.name: one for one in _judged(case, rest, binding)}
    return tuple(results.get(one.name) or _waiting(case, one, binding) for one in checks)


def _waiting(case: Case, check: Check, binding: Binding) -> CheckResult:
    asked = ask_never(case, check, binding) if check.kind == "never" else ""
    return waiting_result(check, asked)


def judge_task(case: Case, task: Task, *, sparing: bool = False) -> TaskResult:
    """Return a task's results for the candidate that passes most of its checks.

    Where it is `sparing`, the checks of the whole world wait until all others pass.
    """
    best: tuple[CheckResult, ...] = ()
    for binding in candidates(case, task.let):
        results = (_sparingly if sparing else _judged)(case, task.checks, binding)
        if not best or sum(r.passed for r in results) > sum(r.passed for r in best):
            best = results
        if all(result.passed for result in results):
            break
    return TaskResult(task.id, best)


def judge(case: Case) -> list[TaskResult]:
    """Judge every task, whether or not the ones before it are solved."""
    return [judge_task(case, task) for task in case.lab.tasks]


def likely_binding(case: Case, task: Task) -> Binding:
    """Return what a task's questions mean by the names of its `let`.

    It is the candidate that passes most checks of the tasks that bind the same names.
    """
    if not task.let:
        return {}
    others = [one for other in case.lab.tasks if other.let == task.let for one in other.checks]
    checks = [one for one in others if one.kind not in _QUESTIONS]
    found = list(candidates(case, task.let))
    if len(found) == 1:
        return found[0]
    return max(found, key=lambda one: sum(r.passed for r in _judged(case, checks, one)))


def reason_of(case: Case, check: Check) -> tuple[CheckResult, Explanation | None]:
    """Return a check's result, and the reasons of the decision that it rests on, if any."""
    binding = likely_binding(case, case.lab.task(check.task))
    with decisions_seen() as seen:
        (result,) = _judged(case, [check], binding)
    return result, explanation_of(seen[-1]) if seen else None
