"""*Add provider*: SAML from a metadata document, OpenID Connect from a URL."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.calls import call
from console.pages.iam.navigation import iam_frame
from console.pages.iam.providers.forms import AddProviderForm
from console.pages.iam.providers.provider_pages import CRUMB, OIDC, SAML, ProviderPages
from console.pages.outcomes import flash_refused
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.flash import flash_success


def _params(form: AddProviderForm, kind: ProviderPages) -> dict[str, Any]:
    typed = form.cleaned_data
    tags = {"Tags": typed["Tags"]} if typed["Tags"] else {}
    if kind is SAML:
        return {
            "Name": typed["Name"],
            "SAMLMetadataDocument": typed["SAMLMetadataDocument"],
            **tags,
        }
    return {"Url": typed["Url"], "ClientIDList": [typed["ClientIDList"]], **tags}


def _create(request: HttpRequest, form: AddProviderForm, kind: ProviderPages) -> str:
    """Create the provider; return its ARN, empty if it was refused."""
    made = form.send(request, f"iam:Create{kind.word}", **_params(form, kind))
    return str(made.output.get(f"{kind.word}Arn", ""))


def _keep_keys(request: HttpRequest, arn: str, keys: str) -> None:
    """Set the keys of the new provider; after a refusal its page still offers to."""
    params = {**OIDC.named(arn), "JsonWebKeySet": keys}
    result = call(request, "iam:UpdateOpenIDConnectProviderKeys", **params)
    if result.error:
        flash_refused(request, result, "The provider has no keys yet")


@require_http_methods(["GET", "POST"])
@console_page
def provider_create(request: HttpRequest) -> HttpResponse:
    """Show the form, or add the provider."""
    sent = request.method == "POST"
    initial = {"type": request.GET.get("type", "saml")}
    form = AddProviderForm(
        request.POST if sent else None, request.FILES if sent else None, initial=initial
    )
    if sent and form.is_valid():
        kind = OIDC if form.cleaned_data["type"] == "oidc" else SAML
        arn = _create(request, form, kind)
        if arn:
            keys = form.cleaned_data["JsonWebKeySet"]
            if kind is OIDC and keys.strip():
                _keep_keys(request, arn, keys)
            view = ("View provider", kind.url(arn))
            flash_success(request, f"{arn.partition('/')[2]} provider was added.", view)
            return redirect("providers")
    kind_shown = form["type"].value()
    context = {
        "form": form,
        "saml": kind_shown != "oidc",
        "oidc": kind_shown == "oidc",
        "own": console_of(request).provider,
    }
    trail = [(CRUMB, reverse("providers")), ("Add provider", "")]
    frame = iam_frame(request, "providers", trail)
    return render(request, "iam/providers/create.html", {**frame, **context})
