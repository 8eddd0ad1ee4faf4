"""The page of a scenario: what is in its world, and what can be done with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from console.classes.access import taught_class, taught_classes
from console.classes.models import TeachingRole
from console.labs.open_sandboxes import shown_sandbox
from console.labs.scenarios import ScenarioError
from console.labs.scenarios.models import Scenario
from console.labs.scenarios.shelf import (
    clone_scenario,
    own_scenario,
    summary_of,
    tried_sandbox,
    try_scenario,
)
from console.pages.teach.scenarios.lookup import instructor_of, scenario_page
from console.ui.flash import flash_error, flash_success


@scenario_page()
@require_safe
def scenario(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Show who is in the world, who can assume what, and the text."""
    user = instructor_of(request)
    tried = tried_sandbox(scenario, user)
    context = {
        "scenario": scenario,
        "summary": summary_of(scenario, user),
        "own": own_scenario(user, scenario.public_id) is not None,
        "worlds": [shown_sandbox(tried)] if tried else [],
        "classes": taught_classes(user).filter(archived_at=None),
    }
    return render(request, "teach/scenarios/scenario.html", context)


@scenario_page()
@require_POST
def scenario_try(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Make a world of the instructor's own from the scenario, and lead to its identities."""
    page = reverse("teach_scenario", args=[scenario.public_id])
    try:
        sandbox = try_scenario(scenario, instructor_of(request))
    except ScenarioError as error:
        flash_error(request, f"No world could be made. {error}")
        return redirect(page)
    flash_success(request, "Your world is ready. Sign in as one of the identities below.")
    return redirect(f"{page}#world-{sandbox.pk}")


@scenario_page()
@require_safe
def scenario_seed(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Lead to the page where a class is seeded, with this scenario chosen."""
    class_id = request.GET.get("class", "").replace("\0", "")
    if taught_class(request.user, class_id, TeachingRole.TEACHER) is None:
        flash_error(request, "Choose a class that you teach.")
        return redirect("teach_scenario", scenario.public_id)
    page = reverse("teach_seed", args=[class_id])
    return redirect(f"{page}?{urlencode({'scenario': scenario.public_id})}#seed")


@scenario_page()
@require_POST
def scenario_clone(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Make a copy of the instructor's own, to change."""
    copy = clone_scenario(scenario, instructor_of(request))
    flash_success(request, f"{copy.name} is yours to change.")
    return redirect("teach_scenario_edit", copy.public_id)


@scenario_page()
@require_safe
def scenario_download(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Send the file."""
    del request
    response = HttpResponse(scenario.text, content_type="application/yaml; charset=utf-8")
    name = slugify(scenario.name)[:60] or "scenario"
    response["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return response


@scenario_page(own=True)
@require_http_methods(["GET", "POST"])
def scenario_delete(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Ask, then delete a scenario; worlds that were made from it stay."""
    if request.method == "POST":
        scenario.delete()
        flash_success(request, f"{scenario.name} is deleted.")
        return redirect("teach_scenarios")
    return render(request, "teach/scenarios/delete.html", {"scenario": scenario})
