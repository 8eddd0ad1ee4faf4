"""One student: what was done, a copy of the world, a word into the drawer."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.views.decorators.http import require_POST, require_safe

from console.classes.access import attempts_in, taught_student
from console.classes.audit import Deed, note_action
from console.classes.copies import identities_in, open_copy
from console.classes.copying import signals_of
from console.classes.matrix import rows_of
from console.classes.models import Enrollment, HelpRequest, TeachingRole, WorldCopy
from console.classes.talk import enrollment_in
from console.classes.timeline import TimelineEntry, timeline_of
from console.labs.attempts import Progress, TaskProgress, judged_progress
from console.labs.catalog import lab_title
from console.labs.files import LabFile
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt
from console.pages.labs.task_views import in_words
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.signin.console import visited
from console.signin.views.second_factor import go_on
from sts.sign_in import SignInRefused, enter
from sts.sign_in.accounts import found_account


@dataclass(frozen=True)
class StudentsAttempt:
    """An attempt as the student's page lists it."""

    attempt: Attempt
    lab: LabFile | None

    @property
    def title(self) -> str:
        return self.lab.title if self.lab else self.attempt.lab


def _student(taught: TaughtClass, student_id: str) -> Enrollment:
    enrollment = taught_student(taught.course_class, student_id)
    if enrollment is None:
        raise Http404
    return enrollment


def _attempt(enrollment: Enrollment, attempt_id: str) -> Attempt:
    attempt = attempts_in(enrollment).filter(public_id=attempt_id).first()
    if attempt is None:
        raise Http404
    return attempt


def _neighbors(taught: TaughtClass, enrollment: Enrollment) -> dict[str, Enrollment | None]:
    """Return who comes before and after in the order in which they joined."""
    rows = Enrollment.objects.filter(course_class=taught.course_class, removed_at=None)
    return {
        "previous": rows.filter(pk__lt=enrollment.pk).order_by("-pk").first(),
        "next": rows.filter(pk__gt=enrollment.pk).order_by("pk").first(),
    }


def _with_faults(progress: Progress) -> list[tuple[TaskProgress, list[str]]]:
    """Return the tasks with what does not pass yet of each, in words."""
    return [
        (
            one,
            [
                f"{in_words(check.question, one.task)} {capfirst(in_words(check.got, one.task))}"
                for check in one.checks
                if not check.passed
            ],
        )
        for one in progress.tasks
    ]


@class_page()
@require_safe
def student(request: HttpRequest, taught: TaughtClass, student_id: str) -> HttpResponse:
    """Show a student's attempts, and of one of them the tasks and all that was done."""
    enrollment = _student(taught, student_id)
    attempts = [StudentsAttempt(one, lab_of(one)) for one in attempts_in(enrollment)]
    wanted = request.GET.get("attempt", "")
    named = (one for one in attempts if one.attempt.public_id == wanted)
    shown = next(named, attempts[0] if attempts else None)
    progress: Progress | None = None
    timeline: list[TimelineEntry] = []
    if shown:
        progress = judged_progress(shown.attempt, shown.lab) if shown.lab else None
        timeline = timeline_of(shown.attempt, shown.lab)
    assignments = list(taught.course_class.assignments.all())
    (row,) = rows_of(taught.course_class, assignments, [enrollment], taught.names)
    context: dict[str, Any] = {
        "enrollment": enrollment,
        "name": taught.name_of(enrollment),
        "row": row,
        "attempts": attempts,
        "shown": shown,
        "progress": progress,
        "tasks": _with_faults(progress) if progress else [],
        "timeline": timeline,
        "signals": signals_of(taught.course_class, enrollment),
        "waiting": HelpRequest.objects.filter(enrollment=enrollment, done_at=None),
        **_neighbors(taught, enrollment),
    }
    return render_class_page(request, "teach/live/student.html", taught, context)


@class_page(TeachingRole.ASSISTANT)
@require_POST
def student_copy(
    request: HttpRequest, taught: TaughtClass, student_id: str, attempt_id: str
) -> HttpResponse:
    """Copy the student's world for this teacher."""
    enrollment = _student(taught, student_id)
    attempt = _attempt(enrollment, attempt_id)
    if not isinstance(request.user, User) or attempt.world_gone_at is not None:
        raise Http404
    name = taught.name_of(enrollment)
    copy = open_copy(attempt, request.user, name)
    note_action(
        taught.course_class, request.user, Deed.OPENED_A_COPY, lab_title(attempt.lab), enrollment
    )
    return redirect("teach_copy", taught.course_class.public_id, copy.pk)


def _copy(request: HttpRequest, taught: TaughtClass, number: int) -> WorldCopy:
    of_class = Q(attempt__assignment__course_class=taught.course_class)
    of_class |= Q(class_world__seeding__course_class=taught.course_class)
    own = WorldCopy.objects.select_related("sandbox").filter(of_class, by_id=request.user.pk)
    copy = own.filter(pk=number).first() if number < 2**63 else None
    if copy is None:
        raise Http404
    return copy


@class_page(TeachingRole.ASSISTANT)
@require_safe
def copy_page(request: HttpRequest, taught: TaughtClass, number: int) -> HttpResponse:
    """Show whom one can sign in as in a copy."""
    copy = _copy(request, taught, number)
    identities = [(account, ["", *names]) for account, names in identities_in(copy.sandbox).items()]
    enrollment = enrollment_in(copy.attempt) if copy.attempt else None
    context = {
        "copy": copy,
        "identities": identities,
        "student": enrollment,
        "name": taught.name_of(enrollment) if enrollment else "",
    }
    return render_class_page(request, "teach/live/copy.html", taught, context)


@class_page(TeachingRole.ASSISTANT)
@require_POST
def copy_enter(request: HttpRequest, taught: TaughtClass, number: int) -> HttpResponse:
    """Sign in to a copy as one of its users, without a name as root."""
    copy = _copy(request, taught, number)
    accounts = {account.account_id: account for account in identities_in(copy.sandbox)}
    account = accounts.get(request.POST.get("account", ""))
    if account is None:
        raise Http404
    account.sandbox = copy.sandbox
    user = request.POST.get("user", "").replace("\0", "")
    try:
        signed_in = enter(found_account(account), user, visited(request).origin, ask_code=False)
    except SignInRefused:
        raise Http404 from None
    return go_on(request, signed_in)
