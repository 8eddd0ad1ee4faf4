"""Hints, shown one by one."""

from console.labs.attempts.progress import progress_of
from console.labs.attempts.states import TaskState
from console.labs.attempts.terms import terms_of
from console.labs.attempts.versions import raise_version
from console.labs.files import LabFile
from console.labs.models import Attempt, HintUse


def use_hint(
    attempt: Attempt, lab: LabFile, task_id: str, number: int, by: int | None = None
) -> bool:
    """Show a task's next hint; return whether `number` is that one, or was shown before.

    `by` is the site user who asks.
    A task that is solved by now is stored as solved first: its hints are free.
    """
    terms = terms_of(attempt)
    if terms.is_exam and terms.is_over:
        return False
    for one in progress_of(attempt, lab).tasks:
        if one.task.id != task_id or one.state is TaskState.LOCKED:
            continue
        if 1 <= number <= len(one.hints):
            return True
        if one.next_hint is None or number != len(one.hints) + 1:
            return False
        HintUse.objects.get_or_create(
            attempt=attempt, task=task_id, number=number, defaults={"by_id": by}
        )
        if terms.is_exam:  # its price comes off, solved or not
            Attempt.objects.filter(pk=attempt.pk).update(judged_at="")
        raise_version(attempt)
        return True
    return False
