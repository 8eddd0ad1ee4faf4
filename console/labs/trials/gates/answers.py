"""A lab's own answers: the right ones pass, the wrong ones fail where they say."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from console.labs.files import LabFile, principal_name
from console.labs.files.names import names_in
from console.labs.trials.gates.tasks import attacks_of, is_question
from console.labs.trials.start_world import StartWorld, Steps, Tried

_DENIALS = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation")


@lru_cache(maxsize=4)
def attack_length(start: StartWorld) -> int:
    """Return how many steps of the solution it takes until every attack is done."""
    attacks, steps = attacks_of(start.lab), start.lab.solution.steps
    if not attacks:
        return 0
    with start.trial() as performance:
        for number, step in enumerate(steps, start=1):
            performance.perform([step])
            if all(task.id in performance.done for task in attacks):
                return number
    return len(steps)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(key)
            yield from _texts(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner)


def mending_steps(lab: LabFile, attack: int) -> list[Mapping[str, Any]]:
    """Return the solution's steps after the attack, but for those that need what it saved."""
    saved = {step["save"] for step in lab.solution.steps[:attack] if "save" in step}
    steps = []
    for step in lab.solution.steps[attack:]:
        asks = step.get("as")
        opened = {asks.get("credentials")} if isinstance(asks, Mapping) else set()
        used = {name for text in _texts(dict(step)) for name in names_in(text)}
        if not (used | opened) & saved:
            steps.append(step)
    return steps


def _faults(name: str, tried: Tried, tasks: Sequence[str]) -> Iterator[str]:
    for task in tasks:
        for check in sorted(tried.failing_in(task)):
            yield f"{name} fails at `{check}`."
    for refused in tried.refused:
        yield f"{name} makes a call that is refused: {refused}."
    for number in tried.allowed:
        yield f"{name} says that step {number} is denied, and it is allowed."


def _from_the_original_world(start: StartWorld) -> Iterator[str]:
    """Try what comes after the attack without it: a student may have begun from the start again."""
    lab, attacks = start.lab, attacks_of(start.lab)
    if not attacks or attacks[-1] is lab.tasks[-1]:
        return
    later = lab.tasks[lab.tasks.index(attacks[-1]) + 1 :]
    tried = start.tried(mending_steps(lab, attack_length(start)))
    name = "The solution, from the original world,"
    denied = tuple(one for one in tried.refused if one.endswith(_DENIALS))
    tasks = [task.id for task in later if not is_question(task)]
    yield from _faults(name, Tried(tried.results, denied), tasks)


def failing_solution(start: StartWorld) -> Iterator[str]:
    """Find what the solution does not solve, with the attack before the fix and without it.

    A fix that offers `begin: start` may need the original world; any other works in both, or a
    student who did the attack well could not go on.
    """
    lab = start.lab
    from_start = {task.id for task in lab.tasks if task.begin} if attacks_of(lab) else set()
    tasks = [task.id for task in lab.tasks if task.id not in from_start]
    yield from _faults("The solution", start.tried(lab.solution.steps), tasks)
    yield from _from_the_original_world(start)


def failing_alternatives(start: StartWorld) -> Iterator[str]:
    """Find alternatives that do not solve their tasks: a right answer that is refused."""
    lab = start.lab
    for one in lab.alternatives:
        tried = start.tried(one.steps)
        yield from _faults(f"The alternative `{one.name}`", tried, lab.solved_by(one))


def passing_wrong_answers(start: StartWorld) -> Iterator[str]:
    """Find wrong answers that pass where they should fail; a refused call would prove nothing."""
    for one in start.lab.wrong:
        tried = start.tried(one.steps)
        for name in one.fails:
            if name not in tried.failing:
                yield f"The wrong answer `{one.name}` passes `{name}`."
        yield from _faults(f"The wrong answer `{one.name}`", tried, ())


def _opens_a_way(step: Mapping[str, Any]) -> str:
    """Return the user whose key or password the step makes: the student may act as that one."""
    for operation, params in step.get("call", {}).items():
        if operation.partition(":")[2] in {
            "CreateAccessKey",
            "CreateLoginProfile",
            "UpdateLoginProfile",
        }:
            return str((params or {}).get("UserName", ""))
    return ""


def _strangers(start: StartWorld, steps: Steps, attack: int) -> Iterator[str]:
    student, attacks = start.lab.student, {task.id for task in attacks_of(start.lab)}
    case, opened = start.case(), set[str]()
    for number, step in enumerate(steps, start=1):
        asks = step.get("as", student.starts)
        who = principal_name(asks["chain"][0] if "chain" in asks else asks)
        word, _, task = student.may_act_as.get(who, "no").partition(" ")
        early = word == "after" and task in attacks and number <= attack
        is_made = "/" in who and case.principal(who) is None
        if who and not is_made and who.partition("/")[2] not in opened and (word == "no" or early):
            yield who
        opened.add(_opens_a_way(step))


def answers_of_strangers(start: StartWorld) -> Iterator[str]:
    """Find steps of right answers that the student could not do: as nobody whom it may act as.

    Who is made in the world, or whose key or password the answer made, is the student's, too.
    """
    lab = start.lab
    for who in dict.fromkeys(_strangers(start, lab.solution.steps, attack_length(start))):
        yield f"The solution acts as `{who}`, and the student may not, or not yet."
    for one in lab.alternatives:
        for who in dict.fromkeys(_strangers(start, one.steps, 0)):
            yield f"The alternative `{one.name}` acts as `{who}`, and the student may not."
