"""A task judged: every candidate tried, the one that passes most is shown."""

from dataclasses import replace

from console.labs.checks.bindings import candidates
from console.labs.checks.case import Binding, Case
from console.labs.checks.kinds import JUDGES
from console.labs.checks.results import CheckResult, TaskResult
from console.labs.files import Task


def _judged(case: Case, task: Task, binding: Binding) -> tuple[CheckResult, ...]:
    return tuple(
        JUDGES[check.kind](case, replace(check, spared=case.fill(check.spared, binding)), binding)
        for check in task.checks
    )


def judge_task(case: Case, task: Task) -> TaskResult:
    """Return a task's results for the candidate that passes most of its checks."""
    best: tuple[CheckResult, ...] = ()
    for binding in candidates(case, task.let):
        results = _judged(case, task, binding)
        if not best or sum(r.passed for r in results) > sum(r.passed for r in best):
            best = results
        if all(result.passed for result in results):
            break
    return TaskResult(task.id, best)


def judge(case: Case) -> list[TaskResult]:
    """Judge every task, whether or not the ones before it are solved."""
    return [judge_task(case, task) for task in case.lab.tasks]
