"""The gates that a lab passes before it is published: its own answers, judged by its own checks."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from console.labs.checks import TaskResult, judge, judge_task
from console.labs.files import LabFile, Task, fresh_values
from console.labs.files.lab_file import Steps
from console.labs.trials.steps import perform_step
from console.labs.trials.trial import Trial, begin

_HINTS = 2
SEEDS = 20
_LATER = (timedelta(hours=1), timedelta(hours=13), timedelta(days=40))
_UNTESTED = {"choose", "event", "predict"}
"""Kinds that no call decides: the mutation gate does not ask for a wrong answer to them."""


def _done_once(trial: Trial, done: dict[str, TaskResult]) -> None:
    """Note the tasks that stay solved once they are: what comes after may break them."""
    for task in trial.lab.tasks:
        if task.once and task.id not in done:
            result = judge_task(trial.case(), task)
            if result.solved:
                done[task.id] = result


def _judged(
    trial: Trial, done: dict[str, TaskResult], later: timedelta = timedelta()
) -> list[TaskResult]:
    return [done.get(result.task, result) for result in judge(trial.case(later))]


def _performed(lab: LabFile, steps: Steps, attempt: str) -> tuple[Trial, dict[str, TaskResult]]:
    trial, done = begin(lab, attempt), dict[str, TaskResult]()
    for step in steps:
        perform_step(trial, step, lab.student.starts)
        _done_once(trial, done)
    return trial, done


def _after(lab: LabFile, steps: Steps, attempt: str) -> tuple[Trial, list[TaskResult]]:
    trial, done = _performed(lab, steps, attempt)
    return trial, _judged(trial, done)


def _failing(results: Iterable[TaskResult]) -> set[str]:
    return {
        f"{result.task}.{check.name}"
        for result in results
        for check in result.checks
        if not check.passed
    }


def _start(lab: LabFile) -> Iterator[str]:
    _, results = _after(lab, (), "gate")
    for result in results:
        if result.solved:
            yield f"The start world solves the task `{result.task}`."


def _solved_by(lab: LabFile, name: str, steps: Steps, tasks: Iterable[Task]) -> Iterator[str]:
    trial, results = _after(lab, steps, "gate")
    failing = _failing(results)
    for task in tasks:
        for check in task.checks:
            if f"{task.id}.{check.name}" in failing:
                yield f"{name} fails at `{task.id}.{check.name}`."
    expected = [step for step in steps if step.get("denied") == "expected"]
    if len(trial.refused) > len(expected):
        yield f"{name} makes a call that is refused: {trial.refused[0]}."


def _last(lab: LabFile) -> tuple[Task, ...]:
    """Return the tasks that an alternative must solve: the last one, which the others lead to."""
    return lab.tasks[-1:]


def _answers(lab: LabFile) -> Iterator[str]:
    yield from _solved_by(lab, "The solution", lab.solution.steps, lab.tasks)
    for one in lab.alternatives:
        yield from _solved_by(lab, f"The alternative `{one.name}`", one.steps, _last(lab))


def _wrong(lab: LabFile) -> Iterator[str]:
    for one in lab.wrong:
        _, results = _after(lab, one.steps, "gate")
        for name in one.fails:
            if name not in _failing(results):
                yield f"The wrong answer `{one.name}` passes `{name}`."


def _hints(lab: LabFile) -> Iterator[str]:
    for task in lab.tasks:
        hints = lab.hints.get(task.id, ())
        if len(hints) < _HINTS and not all(check.kind == "predict" for check in task.checks):
            yield f"The task `{task.id}` has fewer than {_HINTS} hints."
        if hints and any(sign in hints[0].text for sign in ("arn:", "{", "sts:", "iam:", "s3:")):
            yield f"The first hint of `{task.id}` names an ARN, an operation or a key."


def _of_task(task: Task, failing: set[str]) -> set[str]:
    return {one for one in failing if one.startswith(f"{task.id}.")}


def untested_checks(lab: LabFile) -> Iterator[str]:
    """The mutation gate: with a check dropped, some wrong answer must pass."""
    failing = [_failing(_after(lab, one.steps, "gate")[1]) for one in lab.wrong]
    for task in lab.tasks:
        for check in task.checks:
            name = f"{task.id}.{check.name}"
            alone = any(_of_task(task, each) == {name} for each in failing)
            if not alone and not check.implied and check.kind not in _UNTESTED:
                yield f"No wrong answer is caught by `{name}` alone."


def unsteady_results(lab: LabFile) -> Iterator[str]:
    """The time gate: the start, the solution and each wrong answer are judged the same later."""
    answers = [("The start", ()), ("The solution", lab.solution.steps)]
    answers += [(f"The wrong answer `{one.name}`", one.steps) for one in lab.wrong]
    for name, steps in answers:
        trial, done = _performed(lab, steps, "gate")
        results = _judged(trial, done)
        for later in _LATER:
            changed = _failing(_judged(trial, done, later)) ^ _failing(results)
            for one in sorted(changed):
                yield f"{name} is judged otherwise by `{one}` after {later}."


def unsteady_seeds(lab: LabFile, seeds: int = SEEDS) -> Iterator[str]:
    """The seed gate: the solution passes, and every variable differs, for each of many students."""
    values = [fresh_values(lab.variables, f"seed-{number}") for number in range(seeds)]
    for name in lab.variables:
        if len({one[name] for one in values}) < seeds:
            yield f"Two students have the same value of `{name}`."
    for number in range(seeds):
        _, results = _after(lab, lab.solution.steps, f"seed-{number}")
        for one in sorted(_failing(results)):
            yield f"The solution fails at `{one}` with seed {number}."


def gate_faults(lab: LabFile) -> list[str]:
    """Return what keeps a lab from being published."""
    return [fault for gate in (_hints, _start, _answers, _wrong) for fault in gate(lab)]
