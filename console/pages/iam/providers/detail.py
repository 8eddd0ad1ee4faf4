"""A provider's page: SAML with its metadata, OpenID Connect with audiences and keys."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.calls import CallResult, call
from console.pages.iam.navigation import iam_frame
from console.pages.iam.policies.detail import PolicyTabs
from console.pages.iam.providers.federation.pictures import pictures_of_provider
from console.pages.iam.providers.provider_pages import (
    OIDC,
    SAML,
    ProviderPages,
    provider_name,
    provider_page,
    trail,
)
from console.signin.console import console_of
from console.ui.tables import Column, Empty, Table
from console.ui.tabs import Tab
from iam.federation import read_metadata
from sts.built_in import name_of

_OIDC_TABS = (
    Tab("audiences", "Audiences"),
    Tab("verification", "Endpoint verification"),
    Tab("roles", "Roles"),
    Tab("tags", "Tags"),
)
AUDIENCES = Table(
    id="audiences",
    title="Audiences",
    info="identity-providers",
    description="An audience (client ID) says who a token is for. Tokens for others are refused.",
    row_key="value",
    selection="checkbox",
    selection_form="audiences-form",
    sort="value",
    columns=[Column("value", "Audience")],
    empty=Empty(
        "No resources to display", "This provider has no audience, so it accepts no token."
    ),
)


def _context(
    request: HttpRequest, kind: ProviderPages, arn: str, found: CallResult
) -> dict[str, Any]:
    return {
        **iam_frame(request, "providers", trail(arn)),
        "arn": arn,
        "name": provider_name(arn),
        "kind": kind,
        "found": found.output,
        "shown_tags": found.rows("Tags"),
    }


def _roles(request: HttpRequest, arn: str, issuer: str = "") -> dict[str, Any]:
    pictures, listed = pictures_of_provider(request, arn, issuer)
    return {"pictures": pictures, "refused": listed, "has_no_role": not pictures}


@provider_page(SAML, "iam:GetSAMLProvider")
def saml_provider(request: HttpRequest, arn: str, found: CallResult) -> HttpResponse:
    issuer = read_metadata(found.output["SAMLMetadataDocument"]).entity_id
    context = {**_context(request, SAML, arn, found), **_roles(request, arn, issuer)}
    return render(request, "iam/providers/saml.html", context)


@provider_page(SAML, "iam:GetSAMLProvider")
def saml_metadata(request: HttpRequest, arn: str, found: CallResult) -> HttpResponse:
    """Send the metadata document as it was uploaded."""
    response = HttpResponse(found.output["SAMLMetadataDocument"], "application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{provider_name(arn)}.xml"'
    return response


def _verification(request: HttpRequest, arn: str, url: str) -> dict[str, Any]:
    keys = call(request, "iam:GetOpenIDConnectProviderKeys", **OIDC.named(arn))
    return {
        "keys": keys,
        "key_set": keys.output.get("JsonWebKeySet", ""),
        "is_own": url == name_of(console_of(request).sandbox).host,
    }


@provider_page(OIDC, "iam:GetOpenIDConnectProvider")
def oidc_provider(request: HttpRequest, arn: str, found: CallResult) -> HttpResponse:
    rows = [{"value": one} for one in found.rows("ClientIDList")]
    tabs = PolicyTabs(_OIDC_TABS, OIDC.url(arn), request.GET.get("tab", ""))
    context = {"tabs": tabs, "table": AUDIENCES.view(request, rows)}
    if tabs.current == "verification":
        context |= _verification(request, arn, found.output["Url"])
    if tabs.current == "roles":
        context |= _roles(request, arn)
    page = {**_context(request, OIDC, arn, found), **context}
    return render(request, f"iam/providers/oidc_{tabs.current}.html", page)
