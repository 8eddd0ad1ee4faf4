"""What teachers say into open drawers, and help that is done."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from console.classes.access import taught_student
from console.classes.audit import Deed, note_action
from console.classes.models import HelpRequest, TeachingRole
from console.classes.talk import end_help, send_message
from console.pages.teach.class_page import TaughtClass, class_page
from console.signin.local_paths import local_path
from console.ui.flash import flash_error, flash_success


class MessageForm(forms.Form):
    """A message, with the lab that everybody goes to; at least one of both."""

    text = forms.CharField(max_length=500, required=False)
    lab = forms.CharField(max_length=48, required=False)


def _back(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    back = local_path(request.POST.get("next", ""))
    return redirect(back) if back else redirect("teach_class", taught.course_class.public_id)


@class_page(TeachingRole.ASSISTANT)
@require_POST
def message(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Send a message to one student, or to everybody; it may end the student's wait for help."""
    form = MessageForm(request.POST)
    if not form.is_valid():
        flash_error(request, "A message has up to 500 characters.")
        return _back(request, taught)
    text, lab = form.cleaned_data["text"], form.cleaned_data["lab"]
    if lab and not taught.course_class.assignments.filter(lab=lab).exists():
        raise Http404
    student_id = request.POST.get("student", "")
    enrollment = taught_student(taught.course_class, student_id) if student_id else None
    if student_id and enrollment is None:
        raise Http404
    if not (text or lab):
        flash_error(request, "Write something first.")
        return _back(request, taught)
    sent = send_message(taught.course_class, request.user, text, enrollment=enrollment, lab=lab)
    whom = taught.name_of(enrollment) if enrollment else "everybody"
    if enrollment and request.POST.get("done"):
        waiting = HelpRequest.objects.filter(enrollment=enrollment, done_at=None)
        end_help(list(waiting.select_related("attempt")), request.user)
    deed = Deed.WROTE_TO_A_STUDENT if enrollment else Deed.WROTE_TO_EVERYBODY
    detail = text or f"Go to {sent.lab_title}"
    note_action(taught.course_class, request.user, deed, detail, enrollment)
    flash_success(request, f"Your message appears in the drawer of {whom} within seconds.")
    return _back(request, taught)


@class_page(TeachingRole.ASSISTANT)
@require_POST
def help_done(request: HttpRequest, taught: TaughtClass, student_id: str) -> HttpResponse:
    """Mark a student's request for help as done."""
    enrollment = taught_student(taught.course_class, student_id)
    if enrollment is None:
        raise Http404
    waiting = HelpRequest.objects.filter(enrollment=enrollment, done_at=None)
    end_help(list(waiting.select_related("attempt")), request.user)
    note_action(taught.course_class, request.user, Deed.HELPED, enrollment=enrollment)
    flash_success(request, f"{taught.name_of(enrollment)} no longer waits.")
    return _back(request, taught)
