"""The teams of a class: made, renamed, joined, left, dissolved."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from console.classes.audit import Deed, note_action, note_actions
from console.classes.jobs import expect_students
from console.classes.models import ClassWorld, Enrollment, TeachingRole, Team
from console.classes.teams import (
    TeamNameTaken,
    dissolve_team,
    rename_team,
    set_team,
    team_of_name,
)
from console.labs.models import Attempt
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.ui.flash import flash_error, flash_success


class TeamNameForm(forms.Form):
    """What a team is called."""

    name = forms.CharField(label="Name of the team", max_length=80)


@dataclass(frozen=True)
class TeamRow:
    """A team of the list with its members and how much it has begun."""

    team: Team
    members: list[str]
    begun: int


def _rows(taught: TaughtClass) -> list[TeamRow]:
    """Return the teams of a class; two queries."""
    members: dict[int, list[str]] = {}
    students = Enrollment.objects.filter(course_class=taught.course_class, removed_at=None)
    for one in students.exclude(team=None).select_related("user__profile").order_by("pk"):
        members.setdefault(one.team_id or 0, []).append(taught.name_of(one))
    begun = Count("attempts", filter=Q(attempts__waits=False, attempts__set_aside=False))
    teams = Team.objects.filter(course_class=taught.course_class).annotate(begun=begun)
    return [TeamRow(one, members.get(one.pk, []), one.begun) for one in teams.order_by("name")]


@class_page()
@require_http_methods(["GET", "POST"])
def teams(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """List the teams; make one, and lead to its page to choose who is in it."""
    posted = request.POST if request.method == "POST" and taught.may_change else None
    form = TeamNameForm(posted)
    if form.is_valid():
        name = form.cleaned_data["name"]
        if Team.objects.filter(course_class=taught.course_class, name=name).exists():
            form.add_error("name", "Another team of the class has this name.")
        else:
            team = team_of_name(taught.course_class, name)
            note_action(taught.course_class, request.user, Deed.MADE_A_TEAM, name)
            return redirect("teach_team", taught.course_class.public_id, team.public_id)
    context = {"rows": _rows(taught), "form": form}
    status = 400 if form.errors else 200
    return render_class_page(request, "teach/roster/teams.html", taught, context, status)


def _team(taught: TaughtClass, team_id: str) -> Team:
    rows = Team.objects.select_related("course_class")
    team = rows.filter(course_class=taught.course_class, public_id=team_id).first()
    if team is None:
        raise Http404
    return team


def _page(
    request: HttpRequest, taught: TaughtClass, team: Team, form: TeamNameForm | None = None
) -> HttpResponse:
    students = Enrollment.objects.filter(course_class=taught.course_class, removed_at=None)
    named = [
        (one.public_id, taught.name_of(one), one.team)
        for one in students.select_related("user__profile", "team")
    ]
    named.sort(key=lambda one: one[1].casefold())
    context: dict[str, Any] = {
        "team": team,
        "form": form or TeamNameForm(initial={"name": team.name}),
        "members": [one for one in named if one[2] == team],
        "others": [one for one in named if one[2] != team],
        "begun": Attempt.objects.filter(team=team, waits=False, set_aside=False).count(),
        "worlds": ClassWorld.objects.filter(team=team).exclude(sandbox=None).count(),
    }
    status = 400 if form and form.errors else 200
    return render_class_page(request, "teach/roster/team.html", taught, context, status)


@class_page()
@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, taught: TaughtClass, team_id: str) -> HttpResponse:
    """Show who is in a team; give it another name."""
    found = _team(taught, team_id)
    if request.method == "GET" or not taught.may_change:
        return _page(request, taught, found)
    form, before = TeamNameForm(request.POST), found.name
    if form.is_valid():
        try:
            rename_team(found, form.cleaned_data["name"])
        except TeamNameTaken as refused:
            form.add_error("name", str(refused))
        else:
            detail = f"{before}: {found.name}"
            note_action(taught.course_class, request.user, Deed.RENAMED_A_TEAM, detail)
            flash_success(request, f"The team is called {found.name} now.")
            return redirect("teach_team", taught.course_class.public_id, team_id)
    return _page(request, taught, found, form)


@class_page(TeachingRole.TEACHER)
@require_POST
def team_members(request: HttpRequest, taught: TaughtClass, team_id: str) -> HttpResponse:
    """Take chosen students into a team, or out of it."""
    found = _team(taught, team_id)
    wanted = request.POST.getlist("student")[:1000]
    rows = Enrollment.objects.filter(course_class=taught.course_class, public_id__in=wanted)
    chosen = list(rows.filter(removed_at=None).select_related("user__profile").order_by("pk"))
    leave = request.POST.get("do") == "out"
    if leave:
        chosen = [one for one in chosen if one.team_id == found.pk]
    if not chosen:
        flash_error(request, "Choose students first.")
        return redirect("teach_team", taught.course_class.public_id, team_id)
    set_team(chosen, None if leave else found)
    expect_students(taught.course_class)
    detail = f"none, before {found.name}" if leave else found.name
    note_actions(taught.course_class, request.user, Deed.SET_A_TEAM, chosen, detail)
    names = ", ".join(taught.name_of(one) for one in chosen[:5])
    flash_success(request, f"{names}: {'out of' if leave else 'in'} the team {found.name}.")
    return redirect("teach_team", taught.course_class.public_id, team_id)


@class_page(TeachingRole.TEACHER)
@require_http_methods(["GET", "POST"])
def team_dissolve(request: HttpRequest, taught: TaughtClass, team_id: str) -> HttpResponse:
    """Show what becomes of a team's worlds, then dissolve it."""
    found = _team(taught, team_id)
    if request.method == "POST":
        dissolve_team(found)
        expect_students(taught.course_class)
        note_action(taught.course_class, request.user, Deed.DISSOLVED_A_TEAM, found.name)
        flash_success(request, f"The team {found.name} is dissolved.")
        return redirect("teach_teams", taught.course_class.public_id)
    shared = Attempt.objects.filter(team=found, waits=False, set_aside=False)
    worlds = ClassWorld.objects.filter(team=found).exclude(sandbox=None)
    heirs = [
        *(
            (one.sandbox.name, one.owner)
            for one in shared.select_related("sandbox", "owner__profile")
        ),
        *(
            (one.seeding.name, one.sandbox.owner)
            for one in worlds.select_related("seeding", "sandbox__owner__profile")
            if one.sandbox
        ),
    ]
    context = {"team": found, "heirs": [(name, taught.names.of(owner)) for name, owner in heirs]}
    return render_class_page(request, "teach/roster/dissolve.html", taught, context)
