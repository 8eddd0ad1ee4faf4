"""What a class misunderstands, by lab."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from console.classes.matrix.attempts import current_attempts
from console.classes.misconceptions import misconceptions_of
from console.classes.models import Mode
from console.classes.work import lab_of_assignment
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page


@class_page()
@require_safe
def misconceptions(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Show the checks that fail most in an assignment, the first one unless another is chosen."""
    assignments = list(taught.course_class.assignments.select_related("version"))
    wanted = request.GET.get("lab", "")
    named = (one for one in assignments if one.public_id == wanted)
    shown = next(named, assignments[0] if assignments else None)
    hidden = bool(shown and shown.mode == Mode.EXAM and shown.results_shown_at is None)
    labs = [(one, lab_of_assignment(one)) for one in assignments]
    context = {
        "choices": [(one, lab.title if lab else one.lab) for one, lab in labs],
        "shown": shown,
        "hidden": hidden,
        "found": misconceptions_of(shown) if shown and not hidden else [],
        "begun": current_attempts([shown]).count() if shown else 0,
    }
    return render_class_page(request, "teach/live/misconceptions.html", taught, context)
