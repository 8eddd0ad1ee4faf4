"""A new sandbox from a scenario."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from console.administration.record import note_administration
from console.administration.sandboxes import seed_for
from console.labs.scenarios import ScenarioError
from console.labs.scenarios.shelf import find_scenario, seen_scenarios
from console.pages.admin.frame import render_admin_page
from console.pages.admin.guard import administrator_of, for_administrators
from console.pages.admin.sandboxes.forms import NewSandboxForm
from console.ui.flash import flash_success

if TYPE_CHECKING:
    from iam.models import Sandbox


def _made(request: HttpRequest, form: NewSandboxForm) -> "Sandbox | None":
    """Return the new sandbox; None with an error in the form."""
    user, owner = administrator_of(request), form.cleaned_data["owner"]
    scenario = find_scenario(user, form.cleaned_data["scenario"])
    if scenario is None:
        form.add_error("scenario", "This scenario is gone. Choose another one.")
        return None
    try:
        sandbox = seed_for(owner, scenario, form.cleaned_data["name"])
    except ScenarioError as error:
        form.add_error("scenario", str(error))
        return None
    note_administration(user, "made the sandbox", sandbox, f"{scenario} for {owner}.")
    flash_success(request, f"The sandbox was created. It belongs to {owner}.")
    return sandbox


@for_administrators
@require_http_methods(["GET", "POST"])
def sandbox_create(request: HttpRequest) -> HttpResponse:
    """Make a sandbox for an owner."""
    user = administrator_of(request)
    choices = [(one.public_id, one.name) for one in seen_scenarios(user)]
    initial = {"scenario": request.GET.get("scenario"), "owner": user.get_username()}
    form = NewSandboxForm(request.POST if request.method == "POST" else None, choices, initial)
    if form.is_bound and form.is_valid():
        sandbox = _made(request, form)
        if sandbox is not None:
            return redirect("admin_sandbox", sandbox.pk)
    status = 400 if form.errors else 200
    page = "administration/sandboxes/new.html"
    return render_admin_page(request, page, {"form": form}, status)
