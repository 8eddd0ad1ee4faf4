"""Signals of copying: what a teacher may want to ask about, and what came of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from console.classes.copying import dismiss, restore, signals_of
from console.classes.models import CopyScan, CopySignal, TeachingRole
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.signin.local_paths import local_path
from console.ui.flash import flash_error, flash_success

_LONGEST_NOTE = CopySignal._meta.get_field("note").max_length or 0


@class_page()
@require_safe
def signals(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Show the signals of a class, those that were dismissed below."""
    found = signals_of(taught.course_class)
    context = {
        "open": [one for one in found if not one.signal.dismissed_at],
        "dismissed": [one for one in found if one.signal.dismissed_at],
        "scan": CopyScan.objects.first(),
    }
    return render_class_page(request, "teach/live/signals.html", taught, context)


@class_page(TeachingRole.ASSISTANT)
@require_POST
def signal_judge(request: HttpRequest, taught: TaughtClass, number: int) -> HttpResponse:
    """Dismiss a signal with a note, or bring it back."""
    rows = CopySignal.objects.filter(attempt__assignment__course_class=taught.course_class)
    signal = rows.select_related("attempt").filter(pk=number).first() if number < 2**63 else None
    if signal is None:
        raise Http404
    note = request.POST.get("note", "").replace("\0", "").strip()
    if request.POST.get("do") == "restore":
        restore(taught.course_class, signal, request.user)
        flash_success(request, "The signal is on the list again.")
    elif not note or len(note) > _LONGEST_NOTE:
        flash_error(request, f"Write what you found out, in up to {_LONGEST_NOTE} characters.")
    else:
        dismiss(taught.course_class, signal, request.user, note)
        flash_success(request, "The signal is dismissed; your note stays with it.")
    back = local_path(request.POST.get("next", ""))
    return redirect(back) if back else redirect("teach_signals", taught.course_class.public_id)
