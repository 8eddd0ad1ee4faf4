"""Whom a student may act as now, by one click."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.labs.attempts import Progress
from console.labs.files import LabFile


@dataclass(frozen=True)
class EntryView:
    """A user of the lab's world whom the student may act as."""

    account: str
    account_id: str
    user: str
    starts: bool


def _may_act(rule: str, progress: Progress) -> bool:
    when, _, task_id = rule.partition(" ")
    solved = any(one.task.id == task_id and one.solved for one in progress.tasks)
    return when == "yes" or (when == "during" and not solved) or (when == "after" and solved)


def entry_views(lab: LabFile, progress: Progress, values: Mapping[str, str]) -> list[EntryView]:
    """Return whom the student may sign in as now; the start's user comes first."""
    rules = {lab.student.starts: "yes", **lab.student.may_act_as}
    found = []
    for reference, rule in rules.items():
        account, _, user = reference.partition("/")
        if user and account in values and _may_act(rule, progress):
            starts = reference == lab.student.starts
            found.append(EntryView(account, values[account], user, starts))
    return found
