"""One assignment: its dates and policies, extensions, an exam's results, and its end."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from console.classes.assignments import delete_assignment, loss_of, save_assignment
from console.classes.audit import Deed, note_action
from console.classes.exams import hide_results, show_results
from console.classes.extensions import end_extension, grant_extension
from console.classes.jobs import make_worlds_of
from console.classes.models import Assignment, Extension, Mode, TeachingRole
from console.classes.work import lab_of_assignment
from console.labs.catalog import known_labs
from console.pages.teach.assignments.forms import AssignmentForm, ExtensionForm
from console.pages.teach.assignments.listing import found_assignment, title_of
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.pages.teach.classes.forms import in_zone_of
from console.ui.flash import flash_error, flash_success


def _page(
    request: HttpRequest,
    taught: TaughtClass,
    assignment: Assignment,
    form: AssignmentForm | None = None,
    extension_form: ExtensionForm | None = None,
) -> HttpResponse:
    stored = found_assignment(taught, assignment.public_id)
    extensions = Extension.objects.filter(assignment=stored).select_related(
        "enrollment__user__profile"
    )
    context = {
        "assignment": stored,
        "title": title_of(stored, known_labs()),
        "form": form or AssignmentForm(instance=stored),
        "extension_form": extension_form or ExtensionForm(assignment=stored, names=taught.names),
        "extensions": [(one, taught.name_of(one.enrollment)) for one in extensions.order_by("pk")],
        "is_exam": stored.mode == Mode.EXAM,
        "open_early": lab.student.comes_later if (lab := lab_of_assignment(stored)) else (),
    }
    status = 400 if form or extension_form else 200
    return render_class_page(request, "teach/assignments/edit.html", taught, context, status)


def _words(form: AssignmentForm) -> str:
    """Return which fields were changed, as a sentence."""
    names = [str(form.fields[name].label or name).lower() for name in form.changed_data]
    return f": {', '.join(names)}." if names else "."


@class_page()
@require_http_methods(["GET", "POST"])
def assignment(request: HttpRequest, taught: TaughtClass, assignment_id: str) -> HttpResponse:
    """Show and change an assignment; times are those of the class's zone."""
    found = found_assignment(taught, assignment_id)
    with in_zone_of(taught.course_class):
        if request.method == "GET" or not taught.may_change:
            return _page(request, taught, found)
        form = AssignmentForm(request.POST, instance=found)
        if not form.is_valid():
            return _page(request, taught, found, form=form)
        save_assignment(form.save(commit=False))
        if found.mode == Mode.EXAM:
            make_worlds_of.enqueue(found.pk)
        title = title_of(found, known_labs())
        note_action(
            taught.course_class, request.user, Deed.CHANGED_AN_ASSIGNMENT, f"{title}{_words(form)}"
        )
        flash_success(request, f"{title} is saved. Students see the change immediately.")
        return redirect("teach_assignments", taught.course_class.public_id)


@class_page(TeachingRole.TEACHER)
@require_http_methods(["GET", "POST"])
def assignment_delete(
    request: HttpRequest, taught: TaughtClass, assignment_id: str
) -> HttpResponse:
    """Show what the class loses, then delete an assignment."""
    found = found_assignment(taught, assignment_id)
    title = title_of(found, known_labs())
    if request.method == "POST":
        delete_assignment(found)
        note_action(taught.course_class, request.user, Deed.DELETED_AN_ASSIGNMENT, f"{title}.")
        flash_success(request, f"{title} is no longer assigned.")
        return redirect("teach_assignments", taught.course_class.public_id)
    context = {"assignment": found, "title": title, "loss": loss_of(found)}
    return render_class_page(request, "teach/assignments/delete.html", taught, context)


@class_page(TeachingRole.TEACHER)
@require_POST
def assignment_results(
    request: HttpRequest, taught: TaughtClass, assignment_id: str
) -> HttpResponse:
    """Show an exam's results to its students, or hide them again."""
    found = found_assignment(taught, assignment_id)
    if found.mode != Mode.EXAM:
        raise Http404
    title = title_of(found, known_labs())
    if request.POST.get("do") == "hide":
        hide_results(found)
        deed, sentence = Deed.HID_RESULTS, f"The results of {title} are hidden again."
    else:
        show_results(found)
        deed, sentence = Deed.SHOWED_RESULTS, f"Students see their results of {title} now."
    note_action(taught.course_class, request.user, deed, f"{title}.")
    flash_success(request, sentence)
    return redirect("teach_assignment", taught.course_class.public_id, assignment_id)


@class_page(TeachingRole.ASSISTANT)
@require_POST
def assignment_extend(
    request: HttpRequest, taught: TaughtClass, assignment_id: str
) -> HttpResponse:
    """Grant one student more time, or take an extension back."""
    found = found_assignment(taught, assignment_id)
    with in_zone_of(taught.course_class):
        form = ExtensionForm(request.POST, assignment=found, names=taught.names)
        if not form.is_valid():
            return _page(request, taught, found, extension_form=form)
        fields = form.cleaned_data
        student = fields["enrollment"]
        words = grant_extension(found, student, fields, reopen=fields["reopen"])
    title = title_of(found, known_labs())
    name = taught.name_of(student)
    note_action(
        taught.course_class, request.user, Deed.GRANTED_AN_EXTENSION, f"{title}: {words}.", student
    )
    flash_success(request, f"{name} has more time for {title}.")
    return redirect("teach_assignment", taught.course_class.public_id, assignment_id)


@class_page(TeachingRole.ASSISTANT)
@require_POST
def assignment_extension_end(
    request: HttpRequest, taught: TaughtClass, assignment_id: str, number: int
) -> HttpResponse:
    """Take an extension back."""
    found = found_assignment(taught, assignment_id)
    rows = Extension.objects.filter(assignment=found, pk=number) if number < 2**63 else None
    extension = rows.select_related("enrollment__user__profile").first() if rows else None
    if extension is None:
        flash_error(request, "This extension was already removed.")
        return redirect("teach_assignment", taught.course_class.public_id, assignment_id)
    student = extension.enrollment
    end_extension(found, extension)
    title = title_of(found, known_labs())
    note_action(
        taught.course_class, request.user, Deed.TOOK_AN_EXTENSION_BACK, f"{title}.", student
    )
    flash_success(request, f"{taught.name_of(student)} has the time that everybody has.")
    return redirect("teach_assignment", taught.course_class.public_id, assignment_id)
