"""The official solution, as lines for the AWS CLI."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.labs.documents import with_texts
from console.labs.files import LabFile
from console.labs.scenarios.account_ids import everywhere, filling_names
from iam.wire.command_line import cli_line


@dataclass(frozen=True)
class SolutionStep:
    """One step: a line to type, by whom, or in words what else is done."""

    line: str = ""
    by: str = ""
    words: str = ""


def _caller(asks: Any, *, alone: bool) -> str:
    """Return who makes a call; in a world of one account without saying where."""
    if isinstance(asks, str):
        account, _, name = asks.partition("/")
        return name if alone and name else f"{name} in account {account}" if name else asks
    if "chain" in asks:
        return ", then ".join(_caller(one, alone=alone) for one in asks["chain"])
    if "root" in asks:
        return "the root user" if alone else f"the root user of account {asks['root']}"
    if "person" in asks:
        role = f" as {_caller(asks['role'], alone=alone)}" if "role" in asks else ""
        return f"{asks['person']}{role}"
    if "credentials" in asks:
        return f"the session `{asks['credentials']}`"
    kinds = ("user", "role", "session_token", "federated", "service")
    named = (asks[one] for one in kinds if one in asks)
    return _caller(next(named, str(asks)), alone=alone)


def _step(step: Mapping[str, Any], starts: str, *, alone: bool) -> SolutionStep:
    if "call" in step:
        ((operation, params),) = step["call"].items()
        line = cli_line(operation, with_texts(operation, params or {}))
        return SolutionStep(line or operation, _caller(step.get("as", starts), alone=alone))
    return SolutionStep(words=_words(step, alone=alone))


_WORDS = {
    "clock": "Move the sandbox's clock by {clock}.",
    "visit": "Open {visit}.",
    "metadata": "Download metadata.xml from the identity provider.",
    "assertion": "Sign in to the identity provider as {assertion[person]}.",
}
_VERBS = {"SwitchRole": "switch to", "ExitRole": "leave"}


def _words(step: Mapping[str, Any], *, alone: bool) -> str:
    """Return what is done in a step that is no call."""
    if "console" in step:
        who, role = (_caller(step[one], alone=alone) for one in ("as", "role"))
        return f"As {who}, {_VERBS[step['console']]} the role {role} in the console."
    if "offer" in step:
        role, group = _caller(step["offer"]["role"], alone=alone), step["offer"]["group"]
        return f"At the identity provider, offer the role {role} to the group {group}."
    words = next((text for kind, text in _WORDS.items() if kind in step), "Answer the question.")
    return words.format(**step)


def steps_in_words(
    lab: LabFile, steps: Sequence[Mapping[str, Any]], values: Mapping[str, str]
) -> list[SolutionStep]:
    """Return steps of a lab's file as people read them, with values for its names."""
    fill, alone = filling_names(values) if values else str, len(lab.world["accounts"]) == 1
    filled = (everywhere(dict(one), fill) for one in steps)
    return [_step(one, lab.student.starts, alone=alone) for one in filled]


def solution_steps(lab: LabFile, values: Mapping[str, str]) -> list[SolutionStep]:
    """Return the steps of the official solution, with the attempt's values."""
    return steps_in_words(lab, lab.solution.steps, values)
