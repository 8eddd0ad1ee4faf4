"""The questions of a lab's file: what they refer to must be there, and the options be right."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from console.labs.scenarios.errors import Fault
from console.labs.scenarios.yaml_text import YamlText

Data = Mapping[str, Any]


def _asked(data: Data, source: YamlText) -> Iterator[Fault]:
    """Find questions whose message or right option is not there."""
    for index, task in enumerate(data["tasks"]):
        for place, check in enumerate(task["checks"]):
            path: list[str | int] = ["tasks", index, "checks", place]
            for number, asks in enumerate(check.get("predict", {}).get("questions", ())):
                if asks.get("because", "") not in {"", *data.get("messages", {})}:
                    message = f"There is no message `{asks['because']}` under messages."
                    where: list[str | int] = ["predict", "questions", number, "because"]
                    yield source.fault(message, [*path, *where])
            choose = check.get("choose", {})
            if choose.get("because", "") not in {"", *data.get("messages", {})}:
                message = f"There is no message `{choose['because']}` under messages."
                yield source.fault(message, [*path, "choose", "because"])
            for number, right in enumerate(choose.get("right", ())):
                if right not in choose["options"]:
                    message = f"`{right}` is none of the options."
                    yield source.fault(message, [*path, "choose", "right", number])


def _answered(data: Data, source: YamlText) -> Iterator[Fault]:
    """Find steps that answer a question which no task asks."""
    asked = {
        (task["id"], check["name"])
        for task in data["tasks"]
        for check in task["checks"]
        if "predict" in check or "choose" in check
    }
    answers: list[tuple[list[str | int], Sequence[Data]]] = [(["solution"], data["solution"])]
    for name in ("alternatives", "wrong"):
        for index, one in enumerate(data.get(name, ())):
            answers.append(([name, index, "steps"], one["steps"]))
    for path, steps in answers:
        for index, step in enumerate(steps):
            about = step.get("answer", step if "choose" in step else None)
            if about is not None and (about["task"], about["question"]) not in asked:
                message = f"The task `{about['task']}` has no question `{about['question']}`."
                yield source.fault(message, [*path, index])


def broken_questions(data: Data, source: YamlText) -> Iterator[Fault]:
    """Find questions that cannot be asked, and answers to none."""
    yield from _asked(data, source)
    yield from _answered(data, source)
