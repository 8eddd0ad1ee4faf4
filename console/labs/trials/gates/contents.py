"""What a lab must have: hints, other right answers, wrong answers, texts."""

import re
from collections.abc import Iterator
from functools import lru_cache

from console.labs.files import LabFile, Task
from console.labs.trials.gates.answers import attack_length, mending_steps
from console.labs.trials.gates.mechanisms import mechanism_of
from console.labs.trials.gates.tasks import is_build, is_guided, is_question
from console.labs.trials.start_world import StartWorld
from iam.wire.shapes import operation_service

_AT_LEAST = 2
_JSON = re.compile(r'\{\s*"|":|"(?:Version|Statement|Effect)"')
_ARN = re.compile(r"\barn:")
_SERVICES = ("iam", "sts", "s3", "ec2", "cloudtrail", "organizations")
_PREFIXED = re.compile(
    rf"\b(?:aws|saml|{'|'.join(_SERVICES)}|lambda|[a-z.-]+\.com):[A-Za-z*]", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z0-9]+(?:-[a-z0-9]+)*")


@lru_cache(maxsize=1)
def operation_names() -> frozenset[str]:
    """Return the names of operations of two words or more, as the API and the CLI spell them."""
    from botocore import xform_name  # noqa: PLC0415 0.3 s

    names = {name for one in _SERVICES for name in operation_service(one).operation_names}
    names |= {xform_name(name, "-") for name in names}
    return frozenset(name for name in names if sum(map(str.isupper, name)) > 1 or "-" in name)


def _gives_away(text: str) -> str:
    if _ARN.search(text):
        return "an ARN"
    if _JSON.search(text):
        return "JSON"
    if _PREFIXED.search(text):
        return "an operation or a condition key"
    return "an operation" if operation_names().intersection(_WORD.findall(text)) else ""


def _hints(lab: LabFile, task: Task) -> Iterator[str]:
    hints = lab.hints.get(task.id, ())
    if len(hints) < _AT_LEAST:
        yield f"The task `{task.id}` has fewer than {_AT_LEAST} hints."
    found = _gives_away(hints[0].text) if hints else ""
    if found:
        yield f"The first hint of `{task.id}` names {found}."


def _answers(start: StartWorld, task: Task) -> Iterator[str]:
    lab = start.lab
    ways = {
        mechanism_of(one.steps)
        for one in lab.alternatives
        if task.id in (one.solves or start.tried(one.steps).solved)
    }
    ways.discard(mechanism_of(mending_steps(lab, attack_length(start))))
    if is_build(task) and len(ways) < _AT_LEAST:
        yield (
            f"The task `{task.id}` is solved by fewer than {_AT_LEAST} alternatives that differ in "
            "mechanism from the solution and from each other."
        )
    wrong = [one for one in lab.wrong if any(f.startswith(f"{task.id}.") for f in one.fails)]
    if len(wrong) < _AT_LEAST:
        yield f"The task `{task.id}` has fewer than {_AT_LEAST} wrong answers."


def missing_parts(start: StartWorld) -> Iterator[str]:
    """Find what a lab lacks.

    One hint is no stair, one alternative proves no freedom, one wrong answer no care. Questions and
    the guided parts of the course need none of them; an attack, or what is only done, has one way.
    """
    lab = start.lab
    for name in ("teacher.md", lab.debrief):
        if not lab.texts.get(name, "").strip():
            yield f"{name} is missing or empty."
    for task in lab.tasks:
        if not is_guided(lab) and not is_question(task):
            yield from _hints(lab, task)
            yield from _answers(start, task)
