"""*Why?*: the decisions behind a recorded call, replayed with every statement."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.signin.console import console_of
from console.signin.guard import console_page
from iam.perform import explain_event

LAYERS = {
    "RCP": "Resource control policies",
    "SCP": "Service control policies",
    "RESOURCE": "Resource-based policy",
    "PRINCIPAL": "Identity-based policies",
    "PERMISSIONS_BOUNDARY": "Permissions boundary",
    "SESSION": "Session policies",
}


@console_page
def why(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Show why one of the visitor's own calls was allowed or denied; the owner sees all."""
    console = console_of(request)
    explained = explain_event(
        console.sandbox, event_id, None if console.may_run else console.principal_ids
    )
    context = {"explained": explained, "layers": LAYERS}
    return render(request, "site/why.html", context, status=200 if explained else 404)
