"""*Save as scenario*: a sandbox's world as it stands, to edit and to use again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from console.labs.open_sandboxes import open_sandbox
from console.labs.rules import Tool
from console.labs.scenarios import ScenarioError
from console.labs.scenarios.capture import capture_world
from console.labs.scenarios.findings import errors_of
from console.labs.scenarios.models import Scenario
from console.labs.scenarios.shelf import add_scenario
from console.pages.teach.guard import for_instructors
from console.pages.teach.scenarios.editor import show_editor
from console.pages.teach.scenarios.forms import CaptureForm, ScenarioForm
from console.pages.teach.scenarios.lookup import instructor_of
from console.signin.guard import withheld_page
from console.signin.lab_rules import rules_for
from console.ui.flash import flash_success

_LARGEST_KEY = 2**31


@for_instructors
@require_http_methods(["GET", "POST"])
def scenario_capture(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the scenario leaves out, then keep it and open the editor."""
    sandbox = open_sandbox(request.user, pk) if pk < _LARGEST_KEY else None
    if sandbox is None:
        raise Http404
    ruling = rules_for(request, sandbox).allows(Tool.CAPTURE)
    if not ruling:
        return withheld_page(request, ruling)
    form = CaptureForm(request.POST if request.method == "POST" else None)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    try:
        captured = capture_world(sandbox, title=name)
    except ScenarioError as error:  # larger than any scenario
        context = {"sandbox": sandbox, "refused": error}
        return render(request, "teach/scenarios/capture.html", context, status=400)
    form.initial = {"name": captured.title}
    if name:
        source = Scenario.Source.CAPTURED
        try:
            made = add_scenario(instructor_of(request), captured.text, source=source, name=name)
        except ScenarioError as error:
            initial = {"text": captured.text, "name": name, "source": source}
            found = errors_of(error)
            return show_editor(request, ScenarioForm(initial=initial), findings=found, status=400)
        flash_success(request, f"{made.name} is saved. Change it as you like.")
        return redirect("teach_scenario_edit", made.public_id)
    context = {"sandbox": sandbox, "form": form, "left_out": captured.left_out}
    status = 400 if form.errors else 200
    return render(request, "teach/scenarios/capture.html", context, status=status)
