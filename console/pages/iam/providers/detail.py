"""A provider's page: SAML with its metadata, OpenID Connect with audiences and keys."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.calls import call
from console.pages.iam.navigation import iam_frame
from console.pages.iam.policies.detail import PolicyTabs
from console.pages.iam.providers.provider_pages import (
    OIDC,
    SAML,
    ProviderPages,
    provider_name,
    trail,
)
from console.pages.iam.refusals import refused_page
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.tables import Column, Empty, Table
from console.ui.tabs import Tab
from sts.built_in import name_of

_OIDC_TABS = (
    Tab("audiences", "Audiences"),
    Tab("verification", "Endpoint verification"),
    Tab("tags", "Tags"),
)
AUDIENCES = Table(
    id="audiences",
    title="Audiences",
    info="identity-providers",
    description="An audience (client ID) is whom a token is for. Tokens for others are refused.",
    row_key="value",
    selection="checkbox",
    selection_form="audiences-form",
    sort="value",
    columns=[Column("value", "Audience")],
    empty=Empty("No resources to display", "This provider has no audience: no token is for it."),
)


def _around(request: HttpRequest, kind: ProviderPages, arn: str) -> dict[str, Any]:
    return {
        **iam_frame(request, "providers", trail(arn)),
        "arn": arn,
        "name": provider_name(arn),
        "kind": kind,
    }


@console_page
def saml_provider(request: HttpRequest) -> HttpResponse:
    """Show the SAML provider that `?arn=` names."""
    arn = request.GET.get("arn", "")
    result = call(request, "iam:GetSAMLProvider", **SAML.named(arn))
    if result.error:
        return refused_page(request, result, "providers")
    context = {"found": result.output, "shown_tags": result.rows("Tags")}
    page = {**_around(request, SAML, arn), **context}
    return render(request, "iam/providers/saml.html", page)


@console_page
def saml_metadata(request: HttpRequest) -> HttpResponse:
    """Send the metadata document as it was uploaded."""
    arn = request.GET.get("arn", "")
    result = call(request, "iam:GetSAMLProvider", **SAML.named(arn))
    if result.error:
        return refused_page(request, result, "providers")
    document = result.output["SAMLMetadataDocument"]
    response = HttpResponse(document, "application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{provider_name(arn)}.xml"'
    return response


def _verification(request: HttpRequest, arn: str, url: str) -> dict[str, Any]:
    keys = call(request, "iam:GetOpenIDConnectProviderKeys", **OIDC.named(arn))
    return {
        "keys": keys,
        "key_set": keys.output.get("JsonWebKeySet", ""),
        "is_own": url == name_of(console_of(request).sandbox).host,
    }


@console_page
def oidc_provider(request: HttpRequest) -> HttpResponse:
    """Show the OpenID Connect provider that `?arn=` names."""
    arn = request.GET.get("arn", "")
    result = call(request, "iam:GetOpenIDConnectProvider", **OIDC.named(arn))
    if result.error:
        return refused_page(request, result, "providers")
    found = result.output
    rows = [{"value": one} for one in found["ClientIDList"]]
    tabs = PolicyTabs(_OIDC_TABS, OIDC.url(arn), request.GET.get("tab", ""))
    context = {
        "found": found,
        "tabs": tabs,
        "table": AUDIENCES.view(request, rows),
        "shown_tags": result.rows("Tags"),
    }
    if tabs.current == "verification":
        context |= _verification(request, arn, found["Url"])
    page = {**_around(request, OIDC, arn), **context}
    return render(request, f"iam/providers/oidc_{tabs.current}.html", page)
