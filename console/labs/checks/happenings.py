"""What the site sees of a student, and CloudTrail does not: a page was opened, the clock moved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.labs.files import Task
from iam.perform import event_name_of

SEEN_BY_THE_SITE = {"PageVisited", "WhyOpened", "ClockMoved", "SessionEnded"}


@dataclass(frozen=True)
class Happening:
    """Something that a check of an event may wait for.

    `by` is the principal ID of who acted, `text` what a check's `mentions` looks through: the
    page's address, the denied operation. What CloudTrail has, such as ConsoleLogin, is found there.
    """

    name: str
    by: str = ""
    text: str = ""


def awaited_names(tasks: Iterable[Task]) -> set[str]:
    """Return the names of the events that checks of tasks look for."""
    checks = (check for task in tasks for check in task.checks)
    return {event_name_of(one.asks["action"]) for one in checks if one.kind == "event"}


def is_awaited(happening: Happening, tasks: Iterable[Task]) -> bool:
    """Return whether a check may wait for this; what a mention's names stand for is not asked."""
    for check in (check for task in tasks for check in task.checks):
        if check.kind == "event" and event_name_of(check.asks["action"]) == happening.name:
            mentions = [one for one in check.asks.get("mentions", ()) if "{" not in one]
            if happening.name not in SEEN_BY_THE_SITE or all(o in happening.text for o in mentions):
                return True
    return False


def mentions_all(asks: Mapping[str, Any], text: str) -> bool:
    return all(one in text for one in asks.get("mentions", ()))
