"""What the teachers of a class did."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from console.classes.models import AuditEntry
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page

_PAGE = 100


@class_page()
@require_safe
def audit(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Show a hundred actions, the newest first; `before` is the last of the page before."""
    entries = AuditEntry.objects.filter(course_class=taught.course_class)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 18:
        entries = entries.filter(pk__lt=int(before))
    found = list(entries.select_related("by__profile", "enrollment__user__profile")[: _PAGE + 1])
    context = {
        "entries": [
            (one, taught.name_of(one.enrollment) if one.enrollment else "") for one in found[:_PAGE]
        ],
        "older": found[_PAGE - 1].pk if len(found) > _PAGE else None,
    }
    return render_class_page(request, "teach/classes/audit.html", taught, context)
