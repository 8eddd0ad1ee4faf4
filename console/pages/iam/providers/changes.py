"""The changes of a provider: metadata, audiences, thumbprints, keys, tags."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from console.pages.calls import CallResult
from console.pages.dialogs import ConfirmDialog
from console.pages.forms import AwsForm, sent
from console.pages.iam.entities.tags import TaggedEntity, manage_tags
from console.pages.iam.navigation import iam_frame
from console.pages.iam.providers.forms import AudienceForm, KeysForm, MetadataForm, ThumbprintsForm
from console.pages.iam.providers.provider_pages import (
    OIDC,
    SAML,
    ProviderPages,
    kind_of,
    provider_name,
    provider_page,
    trail,
)
from console.pages.outcomes import Outcomes, chosen_in
from console.signin.guard import console_page
from console.ui.flash import flash_success


def _page(request: HttpRequest, kind: ProviderPages, title: str, form: AwsForm) -> HttpResponse:
    """Show the form of a change, on a page of its own."""
    arn = request.GET.get("arn", "")
    context = {
        "form": form,
        "title": title,
        "name": provider_name(arn),
        "back": kind.url(arn),
        "multipart": isinstance(form, MetadataForm),
    }
    frame = iam_frame(request, "providers", trail(arn, title))
    return render(request, "iam/providers/change.html", {**frame, **context})


@require_http_methods(["GET", "POST"])
@console_page
def saml_edit(request: HttpRequest) -> HttpResponse:
    """Replace the metadata document."""
    arn = request.GET.get("arn", "")
    form = MetadataForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        params = {
            **SAML.named(arn),
            "SAMLMetadataDocument": form.cleaned_data["SAMLMetadataDocument"],
        }
        if not form.send(request, "iam:UpdateSAMLProvider", **params).error:
            flash_success(request, "Metadata document replaced.")
            return redirect(SAML.url(arn))
    return _page(request, SAML, "Replace metadata", form)


@require_http_methods(["GET", "POST"])
@console_page
def audience_add(request: HttpRequest) -> HttpResponse:
    arn = request.GET.get("arn", "")
    form = AudienceForm(request.POST or None)
    if form.is_bound and form.is_valid():
        client = form.cleaned_data["ClientID"]
        operation = "iam:AddClientIDToOpenIDConnectProvider"
        if not form.send(request, operation, **OIDC.named(arn), ClientID=client).error:
            flash_success(request, f"Audience {client} added.")
            return redirect(OIDC.url(arn))
    return _page(request, OIDC, "Add audience", form)


def _dialog(arn: str, audiences: list[str]) -> ConfirmDialog:
    one = len(audiences) == 1
    return ConfirmDialog(
        f"Remove {audiences[0]}?" if one else f"Remove {len(audiences)} audiences?",
        ("Tokens for an audience that is removed are refused.",),
        "Remove",
        OIDC.url(arn),
        expected="remove",
        hidden=(("arn", arn), *(("selected", audience) for audience in audiences)),
        items=() if one else tuple((audience, "") for audience in audiences),
    )


@require_http_methods(["GET", "POST"])
@console_page
def audiences_remove(request: HttpRequest) -> HttpResponse:
    """Ask for the confirming word, then remove the chosen audiences."""
    data = sent(request)
    arn = data.get("arn", "")
    audiences = chosen_in(request)
    if not audiences:
        return redirect(OIDC.url(arn))
    dialog = _dialog(arn, audiences)
    if not dialog.confirmed(request):
        frame = iam_frame(request, "providers", trail(arn, "Remove audiences"))
        return dialog.show(request, frame)
    outcomes = Outcomes()
    operation = "iam:RemoveClientIDFromOpenIDConnectProvider"
    for audience in audiences:
        outcomes.call(request, audience, operation, **OIDC.named(arn), ClientID=audience)
    for audience in outcomes.done:
        flash_success(request, f"Audience {audience} removed.")
    outcomes.flash_refused(request, "removed")
    return redirect(OIDC.url(arn))


def _verification(arn: str) -> str:
    return OIDC.url(arn, tab="verification")


@require_http_methods(["GET", "POST"])
@provider_page(OIDC, "iam:GetOpenIDConnectProvider")
def thumbprints(request: HttpRequest, arn: str, found: CallResult) -> HttpResponse:
    initial: dict[str, Any] = {"ThumbprintList": "\n".join(found.rows("ThumbprintList"))}
    form = ThumbprintsForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        wanted = form.cleaned_data["ThumbprintList"].split()
        operation = "iam:UpdateOpenIDConnectProviderThumbprint"
        if not form.send(request, operation, **OIDC.named(arn), ThumbprintList=wanted).error:
            flash_success(request, "Thumbprints updated.")
            return redirect(_verification(arn))
    return _page(request, OIDC, "Manage thumbprints", form)


@require_http_methods(["GET", "POST"])
@provider_page(OIDC, "iam:GetOpenIDConnectProviderKeys")
def keys(request: HttpRequest, arn: str, found: CallResult) -> HttpResponse:
    """Set the provider's public keys, which AWS would fetch; an empty text removes them."""
    initial = {"JsonWebKeySet": found.output.get("JsonWebKeySet", "")}
    form = KeysForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        params = {**OIDC.named(arn), "JsonWebKeySet": form.cleaned_data["JsonWebKeySet"]}
        if not form.send(request, "iam:UpdateOpenIDConnectProviderKeys", **params).error:
            flash_success(request, "Keys updated.")
            return redirect(_verification(arn))
    return _page(request, OIDC, "Manage keys", form)


@require_http_methods(["GET", "POST"])
@console_page
def tags(request: HttpRequest) -> HttpResponse:
    arn = request.GET.get("arn", "")
    kind = kind_of(arn)
    back = kind.url(arn, tab="tags")
    tagged = TaggedEntity(kind.word, kind.named(arn), back, "providers")
    return manage_tags(request, tagged, trail(arn, "Manage tags"))
