"""Points that teachers award, and take back."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User

from console.classes.audit import note_action
from console.classes.models import Assignment, Enrollment, Override


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
    where = f"{assignment.lab}{f', {task}' if task else ''}"
    if points is None:
        Override.objects.filter(**same).delete()
        note_action(assignment.course_class, by, "took an award back", where, enrollment)
        return
    Override.objects.update_or_create(
        **same, defaults={"points": points, "reason": reason, "by": by}
    )
    detail = f"{points} for {where}. {reason}"
    note_action(assignment.course_class, by, "awarded points", detail, enrollment)
