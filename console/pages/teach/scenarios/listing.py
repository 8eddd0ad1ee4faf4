"""The list of scenarios, and the upload of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from console.labs.scenarios import ScenarioError
from console.labs.scenarios.findings import errors_of
from console.labs.scenarios.limits import LARGEST, is_too_large, text_of
from console.labs.scenarios.models import Scenario
from console.labs.scenarios.shelf import add_scenario, seen_scenarios
from console.pages.teach.guard import for_instructors
from console.pages.teach.scenarios.editor import show_editor
from console.pages.teach.scenarios.forms import ScenarioFileForm, ScenarioForm
from console.pages.teach.scenarios.lookup import instructor_of
from console.ui.flash import flash_success

_TOO_LARGE = f"The file is too large: a scenario has {LARGEST:,} characters at most."


@for_instructors
@require_safe
def scenarios(request: HttpRequest) -> HttpResponse:
    """List the scenarios that the instructor may use: own, shared and shipped ones."""
    found = seen_scenarios(instructor_of(request))
    return render(request, "teach/scenarios/list.html", {"scenarios": found})


@for_instructors
@require_http_methods(["GET", "POST"])
def scenario_upload(request: HttpRequest) -> HttpResponse:
    """Take a scenario's file; one with mistakes is shown in the editor, unsaved."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ScenarioFileForm(*sent)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if is_too_large(file.size or 0):
                form.add_error("file", _TOO_LARGE)
            else:
                return _uploaded(request, text_of(file.read()))
        except ScenarioError as error:
            form.add_error("file", str(error))
    status = 400 if form.errors else 200
    return render(request, "teach/scenarios/upload.html", {"form": form}, status=status)


def _uploaded(request: HttpRequest, text: str) -> HttpResponse:
    source = Scenario.Source.UPLOADED
    try:
        made = add_scenario(instructor_of(request), text, source=source)
    except ScenarioError as error:
        form = ScenarioForm(initial={"text": text, "source": source})
        return show_editor(request, form, findings=errors_of(error), status=400)
    flash_success(request, f"{made.name} is uploaded.")
    return redirect("teach_scenario", made.public_id)
