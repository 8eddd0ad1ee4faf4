"""What a lab's rules answer: yes, or no with the reason in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from console.labs.files import LabFile, Tool

TOOL_NAMES = {
    Tool.WHY: "Why?",
    Tool.ADVICE: "What would have to change",
    Tool.SIMULATOR: "The policy simulator",
    Tool.MAP: "The access map",
    Tool.CLOCK: "Moving the clock",
    Tool.RESTART: "Start again",
    Tool.CLI: "Access by the AWS CLI and SDKs",
    Tool.DIRECTORY: "Administering the identity provider",
    Tool.CAPTURE: "Saving this world as a scenario",
}


@dataclass(frozen=True)
class Ruling:
    """Whether something may be done; if not, a `sentence` for the student says when or why.

    `here` is another one, on whom the student may act as instead.
    """

    allowed: bool
    sentence: str = ""
    here: str = ""

    @property
    def reason(self) -> str:
        return f"{self.here} {self.sentence}".strip()

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Ruling(True)


def person_in_words(lab: LabFile, principal: str) -> str:
    """Return a principal as a student calls it: without its account where there is only one."""
    kind, _, name = principal.partition(":")
    alone = len(lab.world["accounts"]) == 1
    if kind == "root":
        return "the root user" if alone else f"the root user of {name}"
    if kind == "person":
        return name
    return principal.partition("/")[2] if alone else principal


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def principal_refused(lab: LabFile, principal: str, rule: str, now: Sequence[str]) -> Ruling:
    """Return why the credentials that a principal has from the start are not honored.

    `now` are the principals whose credentials are.
    """
    name = person_in_words(lab, principal)
    when, _, task = rule.partition(" ")
    here = f"Here you work as {_listed([person_in_words(lab, one) for one in now])}." if now else ""
    sentence = {
        "after": "You can use {name} after the task {title}.",
        "during": "You can use {name} only while the task {title} is open.",
        "no": "You cannot use what {name} has from the start, only what you make inside the lab.",
    }[when]
    title = f"“{lab.task(task).title}”" if task else ""
    return Ruling(False, sentence.format(name=name, title=title), here)


def tool_refused(lab: LabFile, tool: Tool, rule: str) -> Ruling:
    """Return why a tool is not there."""
    _, _, task = rule.partition(" ")
    when = f"in this lab after the task “{lab.task(task).title}”" if task else ""
    sentence = f"is there {when}" if when else "is not available in this lab"
    return Ruling(False, f"{TOOL_NAMES[tool]} {sentence}.")


def tool_frozen(tool: Tool) -> Ruling:
    """Return why a tool is not there in a world that nobody changes any more."""
    name = TOOL_NAMES[tool]
    return Ruling(False, f"{name} has ended with the exam: its world can only be looked at.")
