"""More time for one student: granted, and taken back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from console.classes.assignments import faults_of_times, save_assignment
from console.classes.models import Assignment, Enrollment, Extension
from console.classes.terms import apply_terms
from console.classes.work import attempt_on, take_back


def faults_of_extension(assignment: Assignment, values: Mapping[str, Any]) -> dict[str, str]:
    """Return what of an extension would take time away, as a sentence for each field."""
    found = faults_of_times(values, "due", "closes")
    for name in {"due", "closes"} - found.keys():
        usual: datetime | None = getattr(assignment, name)
        time: datetime | None = values.get(name)
        if time and usual is None:
            found[name] = "There is no such limit for anybody."
        elif time and usual and time <= usual:
            found[name] = "This is not later than for everybody."
    return found


def grant_extension(
    assignment: Assignment, student: Enrollment, values: Mapping[str, Any], *, reopen: bool
) -> str:
    """Store an extension in place of the one that there is; return it in words.

    With `reopen` a student who has handed in goes on.
    """
    times = {name: values[name] for name in ("due", "closes", "extra_minutes")}
    Extension.objects.update_or_create(assignment=assignment, enrollment=student, defaults=times)
    apply_terms(assignment, [student])
    words = [f"{name} {times[name]:%Y-%m-%d %H:%M}" for name in ("due", "closes") if times[name]]
    if times["extra_minutes"]:
        words.append(f"{times['extra_minutes']} minutes")
    attempt = attempt_on(student, assignment) if reopen else None
    if attempt is not None and take_back(attempt, by_teacher=True):
        words.append("may continue after handing in")
    return ", ".join(words) or "no change of time"


def end_extension(assignment: Assignment, extension: Extension) -> None:
    """Take an extension back: the student has the time that everybody has."""
    extension.delete()
    save_assignment(assignment)
