"""An extension, granted as a teacher filled it in."""

from console.classes.models import Assignment, Enrollment, Extension
from console.classes.terms import apply_terms
from console.classes.work import attempt_on, take_back
from console.pages.teach.assignments.forms import ExtensionForm


def grant(assignment: Assignment, form: ExtensionForm) -> str:
    """Store an extension in place of the one that there is; return it in words."""
    fields = form.cleaned_data
    student: Enrollment = fields["enrollment"]
    times = {name: fields[name] for name in ("due", "closes", "extra_minutes")}
    Extension.objects.update_or_create(assignment=assignment, enrollment=student, defaults=times)
    apply_terms(assignment, [student])
    words = [f"{name} {times[name]:%Y-%m-%d %H:%M}" for name in ("due", "closes") if times[name]]
    if times["extra_minutes"]:
        words.append(f"{times['extra_minutes']} minutes")
    attempt = attempt_on(student, assignment) if fields["reopen"] else None
    if attempt is not None and take_back(attempt, by_teacher=True):
        words.append("may go on after handing in")
    return ", ".join(words) or "no change of time"
