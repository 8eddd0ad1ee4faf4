"""The list of identity providers, and deleting them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.calls import CallResult, call, call_each
from console.pages.dialogs import ConfirmDialog
from console.pages.iam.navigation import iam_frame
from console.pages.iam.providers.provider_pages import CRUMB, OIDC, SAML, kind_of, provider_name
from console.pages.outcomes import Outcomes, chosen_in
from console.signin.guard import console_page
from console.ui.flash import flash_success
from console.ui.tables import Column, Empty, SelectFilter, Table


@dataclass(frozen=True)
class ProviderRow:
    """A provider as a row."""

    arn: str
    name: str
    type: str
    created: datetime | None


def _link(row: ProviderRow) -> str:
    return kind_of(row.arn).url(row.arn)


TABLE = Table(
    id="providers",
    title="Identity providers",
    info="identity-providers",
    description="Use an identity provider (IdP) to manage your user identities outside of AWS, but "
    "grant the user identities permissions to use AWS resources in your account.",
    row_key="arn",
    selection="checkbox",
    sort="name",
    columns=[
        Column("name", "Provider", link=_link),
        Column("type", "Type"),
        Column("created", "Creation time", kind="time", searchable=False),
        Column("arn", "ARN", kind="copy", visible=False),
    ],
    filters=[
        SelectFilter(
            "type",
            "Filter by Type",
            ((SAML.type, SAML.type), (OIDC.type, OIDC.type)),
            lambda row, value: row.type == value,
        )
    ],
    empty=Empty(
        "No resources to display",
        "You have no identity providers.",
        "Add provider",
        "identity_providers/create",
    ),
)


def _oidc_rows(request: HttpRequest, result: CallResult) -> list[ProviderRow]:
    arns = [one["Arn"] for one in result.rows("OpenIDConnectProviderList")]
    asked: list[dict[str, Any]] = [OIDC.named(arn) for arn in arns]
    found = call_each(request, "iam:GetOpenIDConnectProvider", asked)
    return [
        ProviderRow(
            arn,
            provider_name(arn),
            OIDC.type,
            detail.output.get("CreateDate"),
        )
        for arn, detail in zip(arns, found, strict=True)
    ]


def provider_rows(request: HttpRequest) -> tuple[list[ProviderRow], CallResult]:
    """Return the account's providers, and the refused call if there is one."""
    saml = call(request, "iam:ListSAMLProviders")
    oidc = call(request, "iam:ListOpenIDConnectProviders")
    rows = [
        ProviderRow(one["Arn"], provider_name(one["Arn"]), SAML.type, one["CreateDate"])
        for one in saml.rows("SAMLProviderList")
    ]
    return rows + _oidc_rows(request, oidc), saml if saml.error else oidc


@console_page
def providers(request: HttpRequest) -> HttpResponse:
    """List the providers; a refused list is reported above the others."""
    rows, result = provider_rows(request)
    context = {
        "table": TABLE.view(request, rows, refused=CallResult() if rows else result),
        "result": result if rows else CallResult(),
    }
    frame = iam_frame(request, "providers", [(CRUMB, "")])
    return render(request, "iam/providers/list.html", {**frame, **context})


def _dialog(arns: list[str]) -> ConfirmDialog:
    one = len(arns) == 1
    return ConfirmDialog(
        f"Delete {provider_name(arns[0])}?" if one else f"Delete {len(arns)} identity providers?",
        (
            "Delete the identity provider permanently. Roles that trust it stay, but nobody "
            "can enter them through it.",
        ),
        "Delete",
        reverse("providers"),
        expected="delete",
        hidden=tuple(("selected", arn) for arn in arns),
        items=() if one else tuple((provider_name(arn), kind_of(arn).type) for arn in arns),
    )


@require_http_methods(["GET", "POST"])
@console_page
def provider_delete(request: HttpRequest) -> HttpResponse:
    """Ask for the confirming word, then delete the chosen providers."""
    arns = chosen_in(request)
    if not arns:
        return redirect("providers")
    dialog = _dialog(arns)
    if not dialog.confirmed(request):
        trail = [(CRUMB, reverse("providers")), ("Delete", "")]
        return dialog.show(request, iam_frame(request, "providers", trail))
    outcomes = Outcomes()
    for arn in arns:
        kind = kind_of(arn)
        outcomes.call(request, provider_name(arn), f"iam:Delete{kind.word}", **kind.named(arn))
    for name in outcomes.done:
        flash_success(request, f"Identity provider {name} deleted.")
    outcomes.flash_refused(request, "deleted")
    return redirect("providers")
