"""What a lab's file names elsewhere in it: tasks, checks and text files must exist."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from console.labs.files.questions import broken_questions
from console.labs.files.student_rules import broken_rules
from console.labs.scenarios.errors import Fault
from console.labs.scenarios.yaml_text import YamlText

Data = Mapping[str, Any]


def _repeated(names: Sequence[str]) -> Iterator[int]:
    for place, name in enumerate(names):
        if names.index(name) != place:
            yield place


def _tasks(data: Data, source: YamlText) -> Iterator[Fault]:
    ids = [task["id"] for task in data["tasks"]]
    for index in _repeated(ids):
        yield source.fault(f"The task `{ids[index]}` is there twice.", ["tasks", index, "id"])
    for index, task in enumerate(data["tasks"]):
        if task.get("after", task["id"]) not in ids:
            yield source.fault(f"There is no task `{task['after']}`.", ["tasks", index, "after"])
        names = [one["name"] for one in task["checks"]]
        for place in _repeated(names):
            message = f"The check `{names[place]}` is there twice."
            yield source.fault(message, ["tasks", index, "checks", place, "name"])
    for task_id in data.get("hints", {}):
        if task_id not in ids:
            yield source.fault(f"There is no task `{task_id}`.", ["hints", task_id])


def _checks(data: Data, source: YamlText) -> Iterator[Fault]:
    checks = {f"{task['id']}.{one['name']}" for task in data["tasks"] for one in task["checks"]}
    for index, wrong in enumerate(data.get("wrong", ())):
        for place, name in enumerate(wrong["fails"]):
            if name not in checks:
                message = f"There is no check `{name}`: write TASK.CHECK."
                yield source.fault(message, ["wrong", index, "fails", place])
    tasks = {task["id"] for task in data["tasks"]}
    for index, other in enumerate(data.get("alternatives", ())):
        for place, name in enumerate(other.get("solves", ())):
            if name not in tasks:
                path: list[str | int] = ["alternatives", index, "solves", place]
                yield source.fault(f"There is no task `{name}`.", path)


def _messages(data: Data, source: YamlText) -> Iterator[Fault]:
    for index, task in enumerate(data["tasks"]):
        for place, check in enumerate(task["checks"]):
            if check.get("message") and check["message"] not in data.get("messages", {}):
                message = f"There is no message `{check['message']}` under messages."
                yield source.fault(message, ["tasks", index, "checks", place, "message"])


def _tutorial(data: Data, source: YamlText) -> Iterator[Fault]:
    checks = {task["id"]: {one["name"] for one in task["checks"]} for task in data["tasks"]}
    for index, bubble in enumerate(data.get("tutorial", ())):
        task, check = bubble["task"], bubble["until"].get("check", "")
        if task not in checks:
            yield source.fault(f"There is no task `{task}`.", ["tutorial", index, "task"])
        elif check and check not in checks[task]:
            message = f"There is no check `{check}` in the task `{task}`."
            yield source.fault(message, ["tutorial", index, "until", "check"])


def _texts(data: Data, files: Mapping[str, str], source: YamlText) -> Iterator[Fault]:
    for index, task in enumerate(data["tasks"]):
        if task["text"] not in files:
            yield source.fault(f"There is no file {task['text']}.", ["tasks", index, "text"])
    if data["debrief"] not in files:
        yield source.fault(f"There is no file {data['debrief']}.", ["debrief"])


def broken_references(data: Data, files: Mapping[str, str], source: YamlText) -> Iterator[Fault]:
    """Find what is named and does not exist, and names that are there twice."""
    for find in (_tasks, _checks, broken_rules, _messages, _tutorial, broken_questions):
        yield from find(data, source)
    yield from _texts(data, files, source)
