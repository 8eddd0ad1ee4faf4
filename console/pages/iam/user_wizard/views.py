"""*Create user*: three steps, and a fourth that shows the password once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.calls import call_all
from console.pages.iam.attach.options import PermissionsChoice, option_tables
from console.pages.iam.boundary_choice import BoundaryChoice
from console.pages.iam.navigation import iam_frame
from console.pages.iam.user_wizard.creation import OWN_PASSWORD_POLICY, create_user
from console.pages.iam.user_wizard.draft import UserDraft
from console.pages.iam.user_wizard.forms import DetailsForm, UserReviewForm
from console.pages.iam.users.console_access import retrieval
from console.pages.iam.users.passwords import own_policy, rules_of
from console.signin.guard import console_page
from console.ui.wizard import WizardFrame, WizardStep
from iam.arns import is_aws_managed, name_in

_TITLES = {
    "details": "Specify user details",
    "permissions": "Set permissions",
    "review": "Review and create",
    "retrieve": "Retrieve password",
}


def step_url(slug: str) -> str:
    return f"{reverse('user_create')}?step={slug}"


def _render(
    request: HttpRequest, slug: str, context: dict[str, Any], *, console: bool
) -> HttpResponse:
    slugs = [one for one in _TITLES if console or one != "retrieve"]
    steps = [WizardStep(one, _TITLES[one], step_url(one)) for one in slugs]
    if slug == "retrieve":
        steps = [WizardStep(one, _TITLES[one]) for one in slugs]
    wizard = WizardFrame(steps, slug, reverse("users"), "Create user", label="Create user")
    frame = iam_frame(request, "users", [("Users", reverse("users")), ("Create user", "")])
    return render(request, f"iam/user_wizard/{slug}.html", {**frame, "frame": wizard, **context})


@require_http_methods(["GET", "POST"])
@console_page
def user_create(request: HttpRequest) -> HttpResponse:
    """Show or take the step that the URL names, or an earlier one that has no answers yet."""
    draft = UserDraft(request)
    slug = request.GET.get("step", "")
    if not slug and request.method == "GET":
        draft.clear()
    if slug in _STEPS and slug != "details" and not draft.details:
        return redirect("user_create")
    return _STEPS.get(slug, _details)(request, draft)


def _details(request: HttpRequest, draft: UserDraft) -> HttpResponse:
    if request.method == "POST":
        form = DetailsForm(request.POST)
        form.by_default = not own_policy(request)
        if form.is_valid():
            draft.keep_details(form.cleaned_data)
            return redirect(step_url("permissions"))
    else:
        form = DetailsForm(initial=draft.details or None)
    console = bool(form["console"].value())
    return _render(request, "details", {"form": form, "rules": rules_of(request)}, console=console)


def _permissions(request: HttpRequest, draft: UserDraft) -> HttpResponse:
    chosen, error = draft.chosen, ""
    boundary = BoundaryChoice(request, draft.boundary)
    if request.method == "POST":
        chosen = PermissionsChoice.of(request.POST)
        error = chosen.refusal
        if not error and not boundary.error:
            draft.keep_permissions(chosen, boundary.arn)
            return redirect(step_url("review"))
    tables = {**option_tables(request, chosen), "error": error}
    listed = call_all(request, "iam:ListPolicies", "Policies")
    context = {**tables, **boundary.context(listed)}
    return _render(request, "permissions", context, console=draft.details["console"])


def summary(draft: UserDraft) -> list[dict[str, str]]:
    """Return the rows of *Permissions summary*: name, type, use."""
    chosen, rows = draft.chosen, []
    if chosen.option == "groups":
        rows = [(name, "Group", "Permissions group") for name in chosen.groups]
    elif chosen.option == "copy":
        rows = [(chosen.copy_from, "User", "Copied permissions")]
    else:
        rows = [(name_in(arn), _type(arn), "Permissions policy") for arn in chosen.policies]
    if draft.details["console"] and draft.details["PasswordResetRequired"]:
        rows.append((name_in(OWN_PASSWORD_POLICY), "AWS managed", "Permissions policy"))
    if draft.boundary:
        rows.append((name_in(draft.boundary), _type(draft.boundary), "Permissions boundary"))
    return [{"name": name, "type": sort, "used": used} for name, sort, used in rows]


def _type(arn: str) -> str:
    return "AWS managed" if is_aws_managed(arn) else "Customer managed"


def _review(request: HttpRequest, draft: UserDraft) -> HttpResponse:
    details = draft.details
    form = UserReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = create_user(request, draft, form)
        if password is not None:
            draft.clear()
            if not password:
                return redirect("users")
            context = retrieval(request, details["UserName"], password)
            return _render(request, "retrieve", context, console=True)
    context = {
        "form": form,
        "details": details,
        "summary": summary(draft),
        "details_url": step_url("details"),
        "permissions_url": step_url("permissions"),
    }
    return _render(request, "review", context, console=details["console"])


_STEPS = {"details": _details, "permissions": _permissions, "review": _review}
