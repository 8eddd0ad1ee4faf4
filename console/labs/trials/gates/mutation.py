"""The mutation gates: a check that is dropped or an answer that is spoiled makes a difference."""

from collections.abc import Iterator, Sequence

from console.labs.checks import judge_task
from console.labs.files import Task
from console.labs.trials.gates.answers import attack_length
from console.labs.trials.gates.mutants import Mutant, mutants_of_step, mutants_of_world
from console.labs.trials.gates.tasks import DONE, is_build
from console.labs.trials.start_world import Performance, StartWorld


def untested_checks(start: StartWorld) -> Iterator[str]:
    """Find checks that no wrong answer needs: with one dropped, some wrong answer must pass.

    Otherwise nobody knows whether the check works. One that stays for its message is `implied`.
    """
    lab = start.lab
    tried = [start.tried(one.steps) for one in lab.wrong]
    for task in lab.tasks:
        for check in task.checks:
            name = f"{task.id}.{check.name}"
            alone = any(one.failing_in(task.id) == {name} for one in tried)
            if not alone and not check.implied and check.kind not in DONE:
                yield f"No wrong answer is caught by `{name}` alone."


def _passes(performance: Performance, mutant: Mutant, tasks: Sequence[Task]) -> bool:
    """Return whether a mutant solves everything; not if AWS refuses it, since then it is none."""
    before = len(performance.refused)
    performance.perform(mutant.steps)
    if len(performance.refused) > before:
        return False
    case = performance.trial.case()
    return all(judge_task(case, task).solved for task in tasks)


def passing_mutants(start: StartWorld) -> Iterator[str]:
    """Yield the generated wrong answers that pass, by name."""
    lab = start.lab
    tasks = [task for task in lab.tasks if is_build(task)]
    attack, steps = attack_length(start), lab.solution.steps
    if not tasks:
        return
    with start.trial() as performance:
        for number, step in enumerate(steps, start=1):
            if number > attack:
                for mutant in list(mutants_of_step(performance, number, steps[number - 1 :])):
                    with performance.savepoint():
                        if _passes(performance, mutant, tasks):
                            yield mutant.name
            performance.perform([step])
        for mutant in mutants_of_world(performance):
            with performance.savepoint():
                if _passes(performance, mutant, tasks):
                    yield mutant.name


def unaccepted_mutants(start: StartWorld) -> Iterator[str]:
    """Find generated wrong answers that pass and are not listed as accepted, with a reason.

    They are the mistakes that every topic invites, and no author thinks of all of them.
    """
    accepted = {one.name for one in start.lab.accepted}
    passing = list(passing_mutants(start))
    for name in passing:
        if name not in accepted:
            yield f"The generated wrong answer `{name}` passes, and `accepted` does not say why."
    for name in sorted(accepted - set(passing)):
        yield f"`accepted` lists `{name}`, and no generated wrong answer of that name passes."
