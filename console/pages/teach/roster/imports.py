"""A roster imported: what would become of every line first, then all of it or nothing."""

from django.contrib.auth.models import User
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from console.classes.jobs import expect_students, hash_cards
from console.classes.models import TeachingRole
from console.classes.roster.imports import import_roster
from console.classes.roster.plan import RosterPlan, plan_roster
from console.classes.roster.reader import UnreadableRoster, read_roster, template_csv
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.pages.teach.roster.forms import RosterForm
from console.ui.flash import flash_error, flash_success

_RACED = "Somebody took one of these logins or references just now. Look at the lines again."


@class_page(TeachingRole.TEACHER)
@require_safe
def roster_template(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Download a roster to fill in."""
    del request, taught
    response = HttpResponse(template_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="roster.csv"'
    return response


@class_page(TeachingRole.TEACHER)
@require_http_methods(["GET", "POST"])
def roster_import(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Ask for a roster; then show every line's outcome; then import."""
    if request.method == "GET" or not isinstance(request.user, User):
        return _page(request, taught, RosterForm())
    form = RosterForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, taught, form)
    try:
        text = form.roster_text()
        plan = plan_roster(taught.course_class, request.user, read_roster(text))
    except UnreadableRoster as error:
        form.add_error("file" if request.FILES else "text", str(error))
        return _page(request, taught, form)
    if request.POST.get("do") == "import" and not plan.faulty:
        try:
            new = import_roster(taught.course_class, request.user, plan)
        except IntegrityError:
            flash_error(request, _RACED)
        else:
            return _imported(request, taught, plan, len(new))
    shown = RosterForm(initial={"text": text})
    return _page(request, taught, shown, plan, text)


def _imported(
    request: HttpRequest, taught: TaughtClass, plan: RosterPlan, new: int
) -> HttpResponse:
    if new:
        hash_cards.enqueue()
        expect_students(taught.course_class)
    counts = ", ".join(f"{outcome}: {number}" for outcome, number in plan.counts.items())
    flash_success(request, f"The roster is imported: {counts}.")
    page = "teach_cards" if new else "teach_roster"
    return redirect(page, taught.course_class.public_id)


def _page(
    request: HttpRequest,
    taught: TaughtClass,
    form: RosterForm,
    plan: RosterPlan | None = None,
    text: str = "",
) -> HttpResponse:
    context = {"form": form, "plan": plan, "text": text}
    status = 400 if form.errors else 200
    return render_class_page(request, "teach/roster/import.html", taught, context, status)
