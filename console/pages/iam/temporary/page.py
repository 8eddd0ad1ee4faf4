"""The page: a request to STS, and the credentials requested so far."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.labs.rules import Tool
from console.pages.calls import call_all
from console.pages.iam.navigation import iam_frame
from console.pages.iam.temporary.credential_views import USES, Used, credential_view
from console.pages.iam.temporary.forms import FORMS, StsForm
from console.pages.iam.temporary.stored_credentials import store, stored_credentials
from console.signin.console import console_of
from console.signin.guard import console_page
from console.signin.lab_rules import rules_for
from console.ui.flash import flash_success
from console.ui.tabs import Tab, Tabs

TABS = (
    Tab("role", "AssumeRole"),
    Tab("session", "GetSessionToken"),
    Tab("federation", "GetFederationToken"),
)


def page_of(
    request: HttpRequest, slug: str, form: StsForm, used: Used | None = None
) -> HttpResponse:
    """Show the page; `used` is the call just made with stored credentials."""
    console = console_of(request)
    now = console.caller.now
    tabs = Tabs(TABS, reverse("temporary_credentials"), slug)
    listed = call_all(request, "iam:ListRoles", "Roles") if slug == "role" else None
    context = {
        **iam_frame(request, "temporary_credentials", [("Temporary credentials", "")]),
        "tabs": tabs,
        "slug": slug,
        "form": form,
        "role_arns": [one["Arn"] for one in listed.rows("Roles")] if listed else (),
        "credentials": [credential_view(request, one, now) for one in stored_credentials(request)],
        "uses": USES,
        "used": used,
        "no_programs": rules_for(request, console.sandbox).allows(Tool.CLI).reason,
        "here": f"{tabs.path}?tab={slug}",
    }
    return render(request, "iam/temporary/page.html", context)


def _initial(request: HttpRequest) -> dict[str, Any]:
    caller = console_of(request).caller
    return {"RoleSessionName": caller.name, "RoleArn": request.GET.get("role", "")}


def slug_of(request: HttpRequest) -> str:
    slug = request.GET.get("tab", "role")
    return slug if slug in FORMS else "role"


@require_http_methods(["GET", "POST"])
@console_page
def temporary_credentials(request: HttpRequest) -> HttpResponse:
    """Show the page, or send the request."""
    slug = slug_of(request)
    form = FORMS[slug](request.POST or None, initial=_initial(request))
    if form.is_bound and form.is_valid():
        params = form.params()
        given = form.send(request, form.operation, **params)
        if not given.error:
            made = store(request, form.operation, params, given.output)
            flash_success(request, f"{made.name} gave credentials of {made.arn}.")
            return redirect(f"{reverse('temporary_credentials')}?tab={slug}")
    return page_of(request, slug, form)
