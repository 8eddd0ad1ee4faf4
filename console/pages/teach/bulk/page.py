"""The page that shows what a bulk action will do, and does it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import pluralize
from django.views.decorators.http import require_POST

from console.classes.bulk import Award, BulkAction, PlannedStudent, perform_bulk, plan_bulk
from console.classes.jobs import perform_bulk_action
from console.classes.models import Assignment, Enrollment, TeachingRole
from console.classes.work import lab_of_assignment
from console.pages.teach.bulk.choice import chosen_students, origin_of
from console.pages.teach.bulk.roster_actions import (
    ROSTER_ACTIONS,
    ActionRefused,
    RosterAction,
    plan_roster_action,
    roster_action_of,
)
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.pages.teach.gradebook.awards import AwardForm
from console.pages.teach.roster.actions import ACTIONS
from console.ui.flash import flash_error, flash_success

_MANY = 20
"""More than these are done by a job."""


def _back(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    name = "teach_roster" if origin_of(request) == "roster" else "teach_class"
    return redirect(name, taught.course_class.public_id)


def _assignment(request: HttpRequest, taught: TaughtClass) -> Assignment | None:
    rows = Assignment.objects.select_related("course_class", "version")
    wanted = request.POST.get("assignment", "")
    return rows.filter(course_class=taught.course_class, public_id=wanted).first()


@class_page(TeachingRole.ASSISTANT)
@require_POST
def bulk(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Show what will happen to each chosen student; with `sure`, do it."""
    if not isinstance(request.user, User):
        raise Http404
    students = chosen_students(request, taught)
    do = request.POST.get("do") or request.POST.get("action", "")
    if not students:
        flash_error(request, "Choose students first.")
        return _back(request, taught)
    if do in ROSTER_ACTIONS and taught.may_change:
        try:
            action = roster_action_of(request, do, request.user)
        except ActionRefused as refused:
            flash_error(request, str(refused))
            return _back(request, taught)
        return _with_students(request, taught, students, action)
    assignment = _assignment(request, taught)
    if assignment is None or do not in BulkAction.values:
        flash_error(request, "Choose a lab and what to do first.")
        return _back(request, taught)
    return _with_work(request, taught, assignment, students, BulkAction(do), request.user)


def _with_students(
    request: HttpRequest,
    taught: TaughtClass,
    students: Sequence[Enrollment],
    action: RosterAction,
) -> HttpResponse:
    planned = plan_roster_action(action, students)
    if "sure" not in request.POST:
        context = {"action": action.do, "label": action.label, "fields": action.fields}
        return _page(request, taught, planned, context)
    willing = [one.enrollment for one in planned if one.will]
    if willing:
        ACTIONS[action.do](request, taught, willing)
    return _back(request, taught)


def _with_work(
    request: HttpRequest,
    taught: TaughtClass,
    assignment: Assignment,
    students: Sequence[Enrollment],
    action: BulkAction,
    by: User,
) -> HttpResponse:
    sure, award = "sure" in request.POST, None
    form = AwardForm(request.POST if sure else None, assignment)
    if action is BulkAction.AWARD and sure and form.is_valid():
        fields = form.cleaned_data
        award = Award(fields["points"], fields["task"], fields["reason"])
    if sure and (award or action is not BulkAction.AWARD):
        _do(request, assignment, students, action, award, by)
        return _back(request, taught)
    lab = lab_of_assignment(assignment)
    context = {
        "action": action.value,
        "label": action.label,
        "assignment": assignment,
        "title": lab.title if lab else assignment.lab,
        "form": form if action is BulkAction.AWARD else None,
    }
    planned = plan_bulk(assignment, students, action)
    return _page(request, taught, planned, context, 400 if sure else 200)


def _page(
    request: HttpRequest,
    taught: TaughtClass,
    planned: Sequence[PlannedStudent],
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    context |= {
        "students": [one.enrollment for one in planned],
        "number": sum(one.will for one in planned),
        "happening": _by_words(taught, (one for one in planned if one.will)),
        "nothing": _by_words(taught, (one for one in planned if not one.will)),
        "origin": origin_of(request),
    }
    return render_class_page(request, "teach/bulk/sure.html", taught, context, status)


def _by_words(taught: TaughtClass, planned: Iterable[PlannedStudent]) -> dict[str, list[str]]:
    """Return the names of students by what becomes of them."""
    found: dict[str, list[str]] = {}
    for one in planned:
        found.setdefault(one.words, []).append(taught.name_of(one.enrollment))
    return found


def _do(
    request: HttpRequest,
    assignment: Assignment,
    students: Sequence[Enrollment],
    action: BulkAction,
    award: Award | None,
    by: User,
) -> None:
    if len(students) <= _MANY:
        done = perform_bulk(assignment, students, action, by=by, award=award)
        number = f"{len(students)} student{pluralize(len(students))}"
        flash_success(request, f"{action.label}: done for {done} of {number}.")
        return
    keys = [one.pk for one in students]
    packed = award.packed() if award else None
    perform_bulk_action.enqueue(assignment.pk, keys, action.value, packed, by.pk)
    flash_success(
        request,
        f"{action.label}: under way for {len(students)} students. The audit list shows each.",
    )
