"""Points that a teacher awards, and remarks to a student."""

from decimal import Decimal

from django import forms
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from console.classes.access import taught_student
from console.classes.audit import Deed, note_action
from console.classes.awards import award_points
from console.classes.gradebook import gradebook_of
from console.classes.models import Assignment, Enrollment, Override, Remark, TeachingRole
from console.classes.work import lab_of_assignment
from console.labs.catalog import lab_title
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.ui.flash import flash_success

_MOST = Decimal(9999)


class AwardForm(forms.Form):
    """Points for a task or for the whole lab; without points the award is taken back."""

    task = forms.ChoiceField(label="For", required=False)
    points = forms.DecimalField(
        label="Points", min_value=0, max_value=_MOST, decimal_places=2, required=False
    )
    reason = forms.CharField(label="Reason", max_length=200, required=False)

    def __init__(self, data: object, assignment: Assignment) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        lab = lab_of_assignment(assignment)
        tasks = [(task.id, task.title) for task in lab.tasks] if lab else []
        self.fields["task"] = forms.ChoiceField(
            label="For", required=False, choices=[("", "The whole lab"), *tasks]
        )


class RemarkForm(forms.Form):
    """What a teacher writes to a student about an assignment."""

    text = forms.CharField(
        label="Remark", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


def _found(
    taught: TaughtClass, student_id: str, assignment_id: str
) -> tuple[Enrollment, Assignment]:
    enrollment = taught_student(taught.course_class, student_id)
    rows = Assignment.objects.filter(course_class=taught.course_class, public_id=assignment_id)
    assignment = rows.select_related("course_class", "version").first()
    if enrollment is None or assignment is None:
        raise Http404
    return enrollment, assignment


@class_page(TeachingRole.ASSISTANT)
@require_http_methods(["GET", "POST"])
def award(
    request: HttpRequest, taught: TaughtClass, student_id: str, assignment_id: str
) -> HttpResponse:
    """Show a student's score in an assignment by tasks; award points, or take them back."""
    enrollment, assignment = _found(taught, student_id, assignment_id)
    form = AwardForm(request.POST if request.method == "POST" else None, assignment)
    if form.is_bound and form.is_valid() and isinstance(request.user, User):
        fields = form.cleaned_data
        award_points(
            assignment,
            enrollment,
            fields["points"],
            task=fields["task"],
            reason=fields["reason"],
            by=request.user,
        )
        flash_success(request, "The points are saved.")
        return redirect("teach_award", taught.course_class.public_id, student_id, assignment_id)
    return _score_page(request, taught, enrollment, assignment, form, RemarkForm())


def _score_page(
    request: HttpRequest,
    taught: TaughtClass,
    enrollment: Enrollment,
    assignment: Assignment,
    form: AwardForm,
    remark_form: RemarkForm,
) -> HttpResponse:
    """Show the score, with both forms as they were typed."""
    book = gradebook_of(taught.course_class, [enrollment])
    places = [column.assignment.pk for column in book.columns]
    place = places.index(assignment.pk)
    lab, score = book.columns[place].lab, book.rows[0].scores[place]
    titles = {task.id: task.title for task in lab.tasks} if lab else {}
    context = {
        "form": form,
        "remark_form": remark_form,
        "enrollment": enrollment,
        "name": taught.name_of(enrollment),
        "assignment": assignment,
        "title": book.columns[place].title,
        "score": score,
        "tasks": [(titles.get(task.task, task.task), task) for task in score.tasks],
        "remarks": Remark.objects.filter(assignment=assignment, enrollment=enrollment),
        "awards": [
            (one, titles.get(one.task, one.task))
            for one in Override.objects.filter(assignment=assignment, enrollment=enrollment)
        ],
    }
    status = 400 if form.errors or remark_form.errors else 200
    return render_class_page(request, "teach/gradebook/award.html", taught, context, status)


@class_page(TeachingRole.ASSISTANT)
@require_POST
def remark(
    request: HttpRequest, taught: TaughtClass, student_id: str, assignment_id: str
) -> HttpResponse:
    """Write a remark, which the student reads on the class page."""
    enrollment, assignment = _found(taught, student_id, assignment_id)
    form = RemarkForm(request.POST)
    if form.is_valid():
        Remark.objects.create(
            assignment=assignment,
            enrollment=enrollment,
            text=form.cleaned_data["text"],
            by_id=request.user.pk,
        )
        note_action(
            taught.course_class,
            request.user,
            Deed.WROTE_A_REMARK,
            lab_title(assignment.lab),
            enrollment,
        )
        flash_success(request, "The remark is on the student's class page.")
        return redirect("teach_award", taught.course_class.public_id, student_id, assignment_id)
    award_form = AwardForm(None, assignment)
    return _score_page(request, taught, enrollment, assignment, award_form, form)
