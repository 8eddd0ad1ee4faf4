"""The editor of a scenario: mistakes show at their lines while one writes."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.labs.scenarios import ScenarioError
from console.labs.scenarios.findings import ScenarioFinding, errors_of, findings_of
from console.labs.scenarios.models import Scenario
from console.labs.scenarios.shelf import (
    ScenarioChanged,
    add_scenario,
    change_scenario,
    own_scenario,
)
from console.pages.teach.guard import for_instructors
from console.pages.teach.scenarios.forms import ScenarioForm
from console.pages.teach.scenarios.lookup import instructor_of, scenario_page
from console.ui.flash import flash_success

_BEGINNING = """\
# A world of one account. Names in braces stand for IDs: {main} is this account's.
schema: 1
title: A small world
world:
  accounts:
    main:
      name: Main
      alias: my-small-world
  users:
    - account: main
      name: admin
      start: true
      console_password: auto
      managed: ["arn:aws:iam::aws:policy/AdministratorAccess"]
"""


def show_editor(
    request: HttpRequest,
    form: ScenarioForm,
    *,
    scenario: Scenario | None = None,
    findings: Sequence[ScenarioFinding] = (),
    conflict: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Show the editor: of a scenario, or of a new one."""
    create = reverse("teach_scenario_create")
    here = reverse("teach_scenario_edit", args=[scenario.public_id]) if scenario else create
    context = {
        "form": form,
        "scenario": scenario,
        "findings": findings,
        "conflict": conflict,
        "here": here,
    }
    return render(request, "teach/scenarios/edit.html", context, status=status)


def _checked(request: HttpRequest) -> HttpResponse:
    """Answer with what is wrong with the text as it is typed."""
    context = {"findings": findings_of(request.POST.get("text", ""))}
    return render(request, "teach/scenarios/edit.html#checked", context)


def _is_check(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") == "check"


@for_instructors
@require_http_methods(["GET", "POST"])
def scenario_create(request: HttpRequest) -> HttpResponse:
    """Write a new scenario."""
    if _is_check(request):
        return _checked(request)
    if request.method != "POST":
        return show_editor(request, ScenarioForm(initial={"text": _BEGINNING}))
    form = ScenarioForm(request.POST)
    if not form.is_valid():
        return show_editor(request, form, status=400)
    given = form.cleaned_data
    try:
        made = add_scenario(
            instructor_of(request),
            _with_plain_ends(given["text"]),
            source=Scenario.Source(given["source"] or Scenario.Source.WRITTEN),
            name=given["name"],
            shared=given["shared"],
        )
    except ScenarioError as error:
        return show_editor(request, form, findings=errors_of(error), status=400)
    flash_success(request, f"{made.name} is saved.")
    return redirect("teach_scenario", made.public_id)


def _with_plain_ends(text: str) -> str:
    """Return a text with the ends of lines that files have, not those of forms."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@scenario_page(own=True)
@require_http_methods(["GET", "POST"])
def scenario_edit(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Change a scenario; nobody's change is overwritten unseen."""
    if _is_check(request):
        return _checked(request)
    if request.method != "POST":
        shown = ("name", "text", "shared", "version")
        form = ScenarioForm(initial={name: getattr(scenario, name) for name in shown})
        return show_editor(request, form, scenario=scenario, findings=findings_of(scenario.text))
    form = ScenarioForm(request.POST)
    if not form.is_valid():
        return show_editor(request, form, scenario=scenario, status=400)
    given = form.cleaned_data
    try:
        change_scenario(
            scenario,
            _with_plain_ends(given["text"]),
            version=given["version"] or 0,
            name=given["name"],
            shared=given["shared"],
        )
    except ScenarioError as error:
        found = errors_of(error)
        return show_editor(request, form, scenario=scenario, findings=found, status=400)
    except ScenarioChanged:
        return _conflict(request, scenario)
    flash_success(request, "Your changes are saved.")
    return redirect("teach_scenario", scenario.public_id)


def _conflict(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Show what was typed once more; saved again, it takes the place of the other version."""
    now = own_scenario(instructor_of(request), scenario.public_id) or scenario
    typed = request.POST.copy()
    typed["version"] = str(now.version)
    return show_editor(request, ScenarioForm(typed), scenario=now, conflict=True, status=409)
