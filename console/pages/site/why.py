"""*Why?*: the decisions behind a recorded call, replayed with every statement."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.labs.rules import Tool
from console.pages.ways_to_call import WAYS_TO_CALL
from console.signin.console import console_of
from console.signin.guard import console_page, needs
from console.signin.happenings import note
from console.signin.lab_rules import rules_for
from iam.analysis import LAYER_NAMES
from iam.perform import explain_event


@console_page
@needs(Tool.WHY)
def why(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Show why one of the visitor's own calls was allowed or denied; the owner sees everybody's."""
    console = console_of(request)
    explained = explain_event(
        console.sandbox, event_id, None if console.sees_all else console.principal_ids
    )
    if explained:
        note(request, "WhyOpened", f"{explained.event.name} {request.path_info}")
    context = {
        "explained": explained,
        "layers": LAYER_NAMES,
        "ways": WAYS_TO_CALL,
        "advice": rules_for(request, console.sandbox).allows(Tool.ADVICE),
    }
    if request.headers.get("HX-Target") == "help-panel":
        return render(request, "site/why.html#panel", context)
    return render(request, "site/why.html", context, status=200 if explained else 404)
