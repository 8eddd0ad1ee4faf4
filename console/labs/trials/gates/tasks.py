"""What sort of task a task is: gates ask less of some."""

from console.labs.files import LabFile, Task

ANSWERED = {"choose", "predict"}
"""Kinds of check that a student answers; nothing is built for them."""
DONE = {*ANSWERED, "event"}
"""Kinds that look at what was done, not at what the world allows."""


def is_guided(lab: LabFile) -> bool:
    """Return whether the lab leads by the hand, as the parts of the course do."""
    return lab.track in {"course", "the-course"}


def is_question(task: Task) -> bool:
    return all(check.kind in ANSWERED for check in task.checks)


def is_build(task: Task) -> bool:
    """Return whether something is built or mended, so that there is more than one way."""
    return not task.once and any(check.kind not in DONE for check in task.checks)


def attacks_of(lab: LabFile) -> tuple[Task, ...]:
    """Return the tasks that are done once and break something for the tasks after them."""
    return () if is_guided(lab) else tuple(task for task in lab.tasks if task.once)
