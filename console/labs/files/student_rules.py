"""The `student` of a lab's file: whom the student may act as, and which tools help."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from console.labs.scenarios.errors import Fault
from console.labs.scenarios.yaml_text import YamlText

Data = Mapping[str, Any]


class Tool(StrEnum):
    """What a lab can withhold, by its key in `student`."""

    WHY = "why"
    ADVICE = "advice"
    SIMULATOR = "simulator"
    MAP = "map"
    CLOCK = "clock"
    RESTART = "restart"
    CLI = "cli"
    DIRECTORY = "directory"
    CAPTURE = "capture"


@dataclass(frozen=True)
class StudentRules:
    """Who the student is, and what is there to help.

    A value of `may_act_as` and of the tools is `yes`, `no`, `during TASK` or `after TASK`.
    `may_act_as` names principals as `principal_name` does; who starts is among them.
    """

    starts: str
    may_act_as: Mapping[str, str] = field(default_factory=dict)
    tools: Mapping[Tool, str] = field(default_factory=dict)

    @property
    def comes_later(self) -> tuple[str, ...]:
        """Return whom the student may act as only during or after a task."""
        return tuple(
            who for who, rule in self.may_act_as.items() if rule.startswith(("during", "after"))
        )


def principal_name(subject: Any) -> str:
    """Return the name of a subject that has credentials of its own; "" for any other.

    A user is `you/dev`, a root user `root:you`, a person of the identity provider `person:alice`.
    """
    if isinstance(subject, str):
        return subject if "/" in subject else ""
    for kind in ("root", "person"):
        if kind in subject:
            return f"{kind}:{subject[kind]}"
    return str(subject.get("user", ""))


def _entry(entry: Any) -> tuple[str, str]:
    if isinstance(entry, str) or "as" not in entry:
        return principal_name(entry), "yes"
    when = [f"{word} {entry[word]}" for word in ("during", "after") if word in entry]
    return principal_name(entry["as"]), when[0] if when else "yes"


def _first_user(world: Data) -> str:
    for user in world.get("users", ()):
        if user.get("start"):
            return f"{user['account']}/{user['name']}"
    return ""


def _beginners(starts: Any, tasks: Sequence[Data]) -> dict[str, str]:
    """Return who begins the lab and its tasks: each as soon as the task is open."""
    found = {principal_name(starts): "yes"}
    for task in tasks:
        if "starts" in task:
            when = f"after {task['after']}" if "after" in task else "yes"
            found.setdefault(principal_name(task["starts"]), when)
    found.pop("", None)
    return found


def _tool(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _people_are_free(world: Data, listed: Mapping[str, str]) -> bool:
    """Return whether the student may act as everybody in the directory, so may administer it."""
    people = world.get("identity_provider", {}).get("people", ())
    return all(listed.get(f"person:{one['name']}") == "yes" for one in people)


def student_rules(data: Data) -> StudentRules:
    """Return the rules of a checked lab.yaml."""
    student = data["student"]
    starts = student.get("starts") or _first_user(data["world"])
    listed = dict(map(_entry, student.get("may_act_as", ())))
    listed = {**_beginners(starts, data["tasks"]), **listed}
    there = dict.fromkeys(Tool, True) | {Tool.DIRECTORY: _people_are_free(data["world"], listed)}
    return StudentRules(
        starts=starts,
        may_act_as=listed,
        tools={tool: _tool(student.get(tool, there[tool])) for tool in Tool},
    )


def _principals(data: Data) -> set[str]:
    """Return who has credentials in the world, as it is made or by a step of its history."""
    world = data["world"]
    people = world.get("identity_provider", {}).get("people", ())
    made = [step.get("call", {}).get("iam:CreateUser") for step in data.get("history", ())]
    names = {one["UserName"] for one in made if one}
    return {
        *(f"root:{account}" for account in world["accounts"]),
        *(f"{user['account']}/{user['name']}" for user in world.get("users", ())),
        *(f"{account}/{name}" for account in world["accounts"] for name in names),
        *(f"person:{person['name']}" for person in people),
    }


def broken_rules(data: Data, source: YamlText) -> Iterator[Fault]:
    """Find rules about a principal or a task that there is not."""
    ids, known, student = {task["id"] for task in data["tasks"]}, _principals(data), data["student"]
    for index, entry in enumerate(student.get("may_act_as", ())):
        path: list[str | int] = ["student", "may_act_as", index]
        timed = entry if "as" in entry and not isinstance(entry, str) else {"as": entry}
        name = principal_name(timed["as"])
        if name not in known:
            yield source.fault(f"Nobody called `{name}` has a password or keys here.", path)
        for word in ("during", "after"):
            if timed.get(word, data["tasks"][0]["id"]) not in ids:
                yield source.fault(f"There is no task `{timed[word]}`.", [*path, word])
    for tool in Tool:
        when, _, task = str(student.get(tool, "")).partition(" ")
        if when == "after" and task not in ids:
            yield source.fault(f"There is no task `{task}`.", ["student", tool.value])
