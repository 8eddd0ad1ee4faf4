"""Points that teachers award, and take back."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User

from console.classes.audit import Deed, note_action
from console.classes.models import Assignment, Enrollment, Override
from console.labs.catalog import lab_title


def award_points(
    assignment: Assignment,
    enrollment: Enrollment,
    points: Decimal | None,
    *,
    task: str = "",
    reason: str = "",
    by: User | None,
) -> None:
    """Award points for a task, or for the whole lab; without points an award is taken back."""
    same: dict[str, Any] = {"assignment": assignment, "enrollment": enrollment, "task": task}
    where = f"{lab_title(assignment.lab)}{f', {task}' if task else ''}"
    if points is None:
        Override.objects.filter(**same).delete()
        note_action(assignment.course_class, by, Deed.TOOK_AN_AWARD_BACK, where, enrollment)
        return
    Override.objects.update_or_create(
        **same, defaults={"points": points, "reason": reason, "by": by}
    )
    detail = f"{points} for {where}. {reason}"
    note_action(assignment.course_class, by, Deed.AWARDED_POINTS, detail, enrollment)
