"""The *Info* link beside an action: the catalogue's description."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.iam.navigation import iam_frame
from console.signin.guard import console_page
from iam import catalogue


@console_page
def action_help(request: HttpRequest, service: str, action: str) -> HttpResponse:
    """Show an action in the help panel, or as a page of its own."""
    found = catalogue.service(service)
    known = found.action(action) if found else None
    if found is None or known is None:
        raise Http404
    full_name = f"{found.prefix}:{known.name}"
    context = {"service": found, "action": known, "full_name": full_name}
    if request.headers.get("HX-Request"):
        return render(request, "iam/policy_editor/_action_help.html", context)
    frame = iam_frame(request, "policies", [(full_name, "")])
    return render(request, "iam/policy_editor/action_help.html", {**frame, **context})
