"""*Create role*: three steps, then AWS's calls in AWS's order."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.calls import call_all
from console.pages.iam.access_changes.preview import ASKED, preview, preview_button
from console.pages.iam.boundary_choice import BoundaryChoice
from console.pages.iam.navigation import iam_frame
from console.pages.iam.policy_editor.contexts import page_findings
from console.pages.iam.policy_editor.state import with_plain_lines
from console.pages.iam.policy_table import policy_picker, policy_type
from console.pages.iam.providers.federation.pictures import pictures_of_text
from console.pages.iam.role_wizard.condition_rows import after_press
from console.pages.iam.role_wizard.creation import create_role
from console.pages.iam.role_wizard.federated_trust import saml_trust, trust_so_far, web_trust
from console.pages.iam.role_wizard.forms import RoleDetailsForm, TrustedEntityForm
from console.pages.iam.role_wizard.providers import offered_providers
from console.pages.iam.role_wizard.trust import trust_of
from console.pages.iam.wizard_draft import WizardDraft
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.wizard import WizardFrame, WizardStep
from iam.analysis import with_role
from iam.arns import name_in, role_arn
from iam.catalogue.role_use_cases import use_case_named
from iam.policy_documents import PolicyType

TITLES = {
    "trust": "Select trusted entity",
    "permissions": "Add permissions",
    "review": "Name, review, and create",
}
_PARTS = {"federated", "use-cases"}
_ROLE_NAME = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)


def step_url(slug: str) -> str:
    return f"{reverse('role_create')}?step={slug}"


def _render(
    request: HttpRequest, slug: str, context: dict[str, Any], part: str = ""
) -> HttpResponse:
    steps = [WizardStep(one, title, step_url(one)) for one, title in TITLES.items()]
    frame = WizardFrame(steps, slug, reverse("roles"), "Create role", label="Create role")
    trail = (("Roles", reverse("roles")), ("Create role", ""))
    around = iam_frame(request, "roles", trail)
    page = f"iam/role_wizard/{slug}.html{part}"
    return render(request, page, {**around, "frame": frame, **context})


@require_http_methods(["GET", "POST"])
@console_page
def role_create(request: HttpRequest) -> HttpResponse:
    """Show or take the step that the URL names, or an earlier one that has no answers yet."""
    draft = WizardDraft(request, "role_wizard")
    slug = request.GET.get("step", "")
    if not slug and request.method == "GET":
        draft.clear()
    if slug not in TITLES or not draft.step("trust"):
        slug = "trust"
    return STEPS[slug](request, draft)


def _from_provider(request: HttpRequest) -> dict[str, Any] | None:
    """Return the values that a provider's *Assign role* fills in."""
    arn = request.GET.get("provider", "")
    if ":saml-provider/" in arn:
        return {"entity": "saml", "saml_provider": arn}
    return {"entity": "web", "web_provider": arn} if ":oidc-provider/" in arn else None


def _written(form: TrustedEntityForm, account: str) -> str:
    """Return the trust policy for the chosen answers."""
    chosen = form.cleaned_data
    if chosen["entity"] == "web":
        return web_trust(chosen, form.conditions(chosen))
    if chosen["entity"] == "saml":
        return saml_trust(chosen, form.conditions(chosen))
    return trust_of(chosen, account)


def _trust(request: HttpRequest, draft: WizardDraft) -> HttpResponse:
    account, offered = console_of(request).account_id, offered_providers(request)
    if "do" in request.POST:
        typed = after_press(request.POST.dict(), request.POST["do"])
        form = TrustedEntityForm(initial=typed, offered=offered)
    elif request.method == "POST":
        form = TrustedEntityForm(request.POST, offered=offered)
        text = _written(form, account) if form.is_valid() else ""
        if text and form.accepts(text):
            _keep_trust(draft, {**form.cleaned_data, "text": text})
            return redirect(step_url("permissions"))
    else:
        initial = draft.step("trust") or _from_provider(request)
        form = TrustedEntityForm(initial=initial, offered=offered)
    target = request.headers.get("HX-Target", "")
    part = f"#{target}" if target in _PARTS else ""
    return _render(request, "trust", _trust_context(request, form, account), part)


def _keep_trust(draft: WizardDraft, answers: dict[str, Any]) -> None:
    """Keep the answers; another use case suggests other policies."""
    if draft.step("trust").get("use_case", "") != answers["use_case"]:
        draft.keep("permissions", {})
    draft.keep("trust", answers)


def _permissions_of(draft: WizardDraft) -> dict[str, Any]:
    """Return the chosen policies and boundary, or what the use case suggests."""
    trust = draft.step("trust")
    is_service = trust.get("entity") == "service"
    suggested = use_case_named(trust["use_case"]).policies if is_service else ()
    return {"policies": list(suggested), **draft.step("permissions")}


def _trust_context(request: HttpRequest, form: TrustedEntityForm, account: str) -> dict[str, Any]:
    entity, which = form["entity"].value(), form["which"].value() or "this"
    programmatic = form["saml_access"].value() == "programmatic"
    return {
        "form": form,
        f"entity_{entity}": True,
        f"which_{which}": True,
        "this_label": f"This account ({account})",
        "offered": form.offered,
        "pictures": pictures_of_text(trust_so_far(form)),
        "saml_programmatic": programmatic,
        "saml_console": not programmatic,
        "pressed": request.POST.get("do", ""),
        "findings": page_findings(
            with_plain_lines(form["document"].value() or ""), PolicyType.TRUST
        ),
    }


def _permissions(request: HttpRequest, draft: WizardDraft) -> HttpResponse:
    kept = _permissions_of(draft)
    boundary = BoundaryChoice(request, kept.get("boundary", ""))
    if request.method == "POST":
        policies = list(dict.fromkeys(request.POST.getlist("selected")))
        kept = {"policies": policies, "boundary": boundary.arn}
        draft.keep("permissions", kept)
        if not boundary.error:
            return redirect(step_url("review"))
    listed = call_all(request, "iam:ListPolicies", "Policies")
    description = "Choose one or more policies to attach to your new role."
    picker = policy_picker(description=description, info="policy-on-role-not-user")
    selected, rows = kept.get("policies", ()), listed.rows("Policies")
    table = picker.view(request, rows, selected=selected, refused=listed)
    context = {"policies": table, **boundary.context(listed)}
    return _render(request, "permissions", context)


def _review(request: HttpRequest, draft: WizardDraft) -> HttpResponse:
    trust, permissions = draft.step("trust"), _permissions_of(draft)
    shown = preview_button(request)
    if request.POST.get("do") == ASKED:
        form = RoleDetailsForm(initial=request.POST.dict())
        shown |= _previewed(request, trust, permissions)
    elif request.method == "POST":
        form = RoleDetailsForm(request.POST)
        if form.is_valid() and create_role(request, trust, permissions, form):
            draft.clear()
            return redirect("roles")
    else:
        form = RoleDetailsForm(initial=_suggested(trust))
    attached = [_attached(arn, "Permissions policy") for arn in permissions.get("policies", ())]
    if permissions.get("boundary"):
        attached.append(_attached(permissions["boundary"], "Permissions boundary"))
    context = {
        "form": form,
        "trust": trust,
        "pictures": pictures_of_text(trust["text"]),
        **shown,
        "attached": attached,
        "trust_url": step_url("trust"),
        "permissions_url": step_url("permissions"),
    }
    return _render(request, "review", context)


def _previewed(
    request: HttpRequest, trust: dict[str, Any], permissions: dict[str, Any]
) -> dict[str, Any]:
    """Return who would get into the new role, and what they could do by it."""
    typed = request.POST.get("RoleName", "")
    name = typed if _ROLE_NAME.fullmatch(typed) else "new-role"
    arn = role_arn(console_of(request).account_id, name)
    policies, boundary = permissions.get("policies", ()), permissions.get("boundary", "")
    return preview(request, lambda world: with_role(world, arn, trust["text"], policies, boundary))


def _attached(arn: str, used_as: str) -> dict[str, str]:
    return {"name": name_in(arn), "type": policy_type({"Arn": arn}), "used": used_as}


def _suggested(trust: dict[str, Any]) -> dict[str, str]:
    """Return the description that AWS suggests for a service's role."""
    if trust.get("entity") != "service":
        return {}
    return {"Description": use_case_named(trust["use_case"]).description}


STEPS = {"trust": _trust, "permissions": _permissions, "review": _review}
