"""The worlds of a class: what was seeded, and a form to seed more."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from console.classes.audit import Deed, note_action
from console.classes.jobs import make_worlds_of, make_worlds_of_seeding
from console.classes.models import Assignment, Class, Mode, Seeding
from console.classes.seeding.beforehand import ask_beforehand
from console.classes.seeding.recipients import number_of_recipients
from console.classes.seeding.worlds import TooManySeedings, new_seeding
from console.labs.catalog import known_labs, lab_title
from console.labs.scenarios.shelf import find_scenario
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.pages.teach.classes.forms import in_zone_of
from console.pages.teach.seeding.forms import SeedForm, lab_source, scenario_source
from console.ui.flash import flash_success


@dataclass(frozen=True)
class SeedingRow:
    """A seeding in the list, with how many of its worlds are there."""

    seeding: Seeding
    made: int
    wanted: int


@dataclass(frozen=True)
class BeforehandRow:
    """An assignment whose worlds are made before its students begin."""

    assignment: Assignment
    title: str
    waiting: int
    begun: int


def _seedings(course_class: Class) -> list[SeedingRow]:
    there = Count("worlds", filter=Q(worlds__sandbox__isnull=False))
    gone = Count("worlds", filter=Q(worlds__sandbox=None))
    seedings = course_class.seedings.select_related("assignment").defer("scenario")
    rows = seedings.annotate(made=there, gone=gone)
    wanted = {per: number_of_recipients(course_class, per_team=per) for per in (True, False)}
    return [SeedingRow(one, one.made, wanted[one.per_team] - one.gone) for one in rows]


def _beforehand(course_class: Class) -> list[BeforehandRow]:
    current = Q(attempts__set_aside=False)
    rows = course_class.assignments.filter(Q(worlds_beforehand=True) | Q(mode=Mode.EXAM)).annotate(
        waiting=Count("attempts", filter=current & Q(attempts__waits=True)),
        begun=Count("attempts", filter=current & Q(attempts__waits=False)),
    )
    labs = known_labs()
    return [
        BeforehandRow(
            one, labs[one.lab].title if one.lab in labs else one.lab, one.waiting, one.begun
        )
        for one in rows
    ]


@class_page()
@require_http_methods(["GET", "POST"])
def seed(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """List what the class has; ask for more worlds."""
    if not isinstance(request.user, User):
        raise Http404
    with in_zone_of(taught.course_class):
        return _seed(request, taught, request.user)


def _seed(request: HttpRequest, taught: TaughtClass, teacher: User) -> HttpResponse:
    course_class = taught.course_class
    posted = request.POST if request.method == "POST" and taught.may_change else None
    form = SeedForm(posted, course_class=course_class, teacher=teacher, initial=_wanted(request))
    if posted is not None and form.is_valid():
        try:
            return _seeded(request, taught, teacher, form)
        except TooManySeedings as refused:
            form.add_error(None, str(refused))
    context: dict[str, Any] = {
        "form": form,
        "seedings": _seedings(course_class),
        "beforehand": _beforehand(course_class),
    }
    status = 400 if form.errors else 200
    return render_class_page(request, "teach/seeding/list.html", taught, context, status)


def _wanted(request: HttpRequest) -> dict[str, str]:
    """Return what a link from a scenario or an assignment has chosen already."""
    scenario, assignment = request.GET.get("scenario"), request.GET.get("assignment")
    source = lab_source(assignment) if assignment else scenario_source(scenario or "")
    return {"source": source, "per": "student"}


def _seeded(
    request: HttpRequest, taught: TaughtClass, teacher: User, form: SeedForm
) -> HttpResponse:
    """Note what was asked for, and have it done by jobs."""
    course_class = taught.course_class
    if form.lab is not None:
        ask_beforehand(form.lab)
        if form.awaited is None:
            make_worlds_of.enqueue(form.lab.pk)
        note_action(course_class, teacher, Deed.SEEDED_WORLDS, f"{lab_title(form.lab.lab)}.")
        flash_success(
            request, "The worlds are made. They are ready when their students press Start."
        )
        return redirect("teach_seed", course_class.public_id)
    chosen = form.scenario and find_scenario(teacher, form.scenario.public_id)
    if chosen is None:
        raise Http404
    seeding = new_seeding(
        course_class,
        teacher,
        chosen.name,
        chosen.text,
        per_team=form.cleaned_data["per"] == "team",
        at_opening=form.awaited,
    )
    make_worlds_of_seeding.enqueue(seeding.pk)
    note_action(course_class, teacher, Deed.SEEDED_WORLDS, f"{seeding.name}.")
    return redirect("teach_seeding", course_class.public_id, seeding.public_id)
