"""The tutorial of a task: bubbles that point at the console's controls."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.labs.attempts import Progress, TaskProgress
from console.labs.files import Bubble, LabFile
from console.labs.scenarios.account_ids import filling_names


@dataclass(frozen=True)
class BubbleView:
    """A bubble with the attempt's values; `done` is whether the check that ends it passes."""

    key: str
    page: str
    control: str
    label: str
    say: str
    until_page: str
    until_clicked: bool
    done: bool


def _is_done(bubble: Bubble, task: TaskProgress) -> bool:
    name = bubble.until.get("check", "")
    return any(one.name == name and one.passed for one in task.checks)


def bubble_views(lab: LabFile, progress: Progress, values: Mapping[str, str]) -> list[BubbleView]:
    """Return the bubbles of the task that is open now, in their order."""
    task = progress.current
    if task is None:
        return []
    fill = filling_names(values) if values else str
    return [
        BubbleView(
            key=f"{task.task.id}-{number}",
            page=fill(one.page),
            control=one.control,
            label=fill(one.label),
            say=fill(one.say),
            until_page=fill(one.until.get("page", "")),
            until_clicked="clicked" in one.until,
            done=_is_done(one, task),
        )
        for number, one in enumerate(lab.tutorial)
        if one.task == task.task.id
    ]
