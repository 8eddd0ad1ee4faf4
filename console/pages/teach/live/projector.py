"""The class for everybody to see: big, without names."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from console.classes.matrix import matrix_of
from console.classes.models import Assignment
from console.labs.catalog import find_lab
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page


@dataclass(frozen=True)
class NextEnd:
    """What the countdown counts to: an assignment is due, or closes."""

    at: datetime
    assignment: Assignment
    word: str

    @property
    def title(self) -> str:
        lab = find_lab(self.assignment.lab)
        return lab.title if lab else self.assignment.lab


def _next_end(assignments: list[Assignment]) -> NextEnd | None:
    """Return the next moment at which an assignment is due or closes."""
    now = timezone.now()
    ends = [
        NextEnd(at, one, word)
        for one in assignments
        for at, word in ((one.due, "is due"), (one.closes, "closes"))
        if at and at > now
    ]
    return min(ends, key=lambda end: end.at, default=None)


@class_page()
@require_safe
def projector(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Show how many have solved each task, with a countdown; to a poll its numbers alone."""
    assignments = list(taught.course_class.assignments.all())
    wanted = request.GET.get("lab", "")
    chosen = next((one for one in assignments if one.public_id == wanted), None)
    shown = [chosen] if chosen else assignments
    found = matrix_of(taught.course_class, shown)
    totals = []
    for total in found.totals:
        lab = find_lab(total.assignment.lab)
        tasks = list(zip(lab.tasks, total.solved, strict=False)) if lab else []
        totals.append((total, lab.title if lab else total.assignment.lab, tasks))
    context = {
        "matrix": found,
        "totals": totals,
        "chosen": chosen,
        "end": _next_end(shown),
        "fragment": bool(request.headers.get("HX-Request")),
    }
    template = "teach/live/projector.html"
    name = f"{template}#numbers" if context["fragment"] else template
    return render_class_page(request, name, taught, context)
