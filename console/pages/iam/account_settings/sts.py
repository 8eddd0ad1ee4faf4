"""The section *Security Token Service (STS)*: tokens of the global endpoint, and Regions."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.calls import CallResult, call
from console.pages.dialogs import ConfirmDialog
from console.pages.iam.navigation import iam_frame
from console.signin.guard import console_page
from console.ui.flash import flash_success
from iam.catalogue.regions import HOME_REGION, region_name

VERSIONS = {
    "v1Token": "Valid only in AWS Regions enabled by default",
    "v2Token": "Valid in all AWS Regions",
}


def sts_section(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the section, with its own denial."""
    summary = call(request, "iam:GetAccountSummary")
    regions = call(request, "iam:ListSecurityTokenServiceRegions")
    version = summary.output.get("SummaryMap", {}).get("GlobalEndpointTokenVersion", 1)
    return {
        "sts_result": summary if summary.error else regions,
        "token_validity": VERSIONS["v2Token" if version == 2 else "v1Token"],
        "sts_regions": [
            {
                "name": region_name(one["Region"]),
                "code": one["Region"],
                "endpoint": f"https://sts.{one['Region']}.amazonaws.com",
                "active": one["Status"] == "Active",
                "fixed": one["Region"] == HOME_REGION,
            }
            for one in regions.rows("Regions")
        ],
    }


def _trail(title: str) -> list[tuple[str, str]]:
    return [("Account settings", reverse("account_settings")), (title, "")]


@require_http_methods(["GET", "POST"])
@console_page
def sts_tokens_edit(request: HttpRequest) -> HttpResponse:
    """*Change* which Regions take the tokens of the global endpoint."""
    chosen = request.POST.get("version", "")
    result = CallResult()
    if request.method == "POST" and chosen in VERSIONS:
        operation = "iam:SetSecurityTokenServicePreferences"
        result = call(request, operation, GlobalEndpointTokenVersion=chosen)
        if result.error is None:
            flash_success(request, "Session tokens of the global endpoint updated.")
            return redirect("account_settings")
    shown = sts_section(request)
    context = {
        **iam_frame(request, "account_settings", _trail("Change region compatibility")),
        "versions": [
            (value, label, chosen == value or (not chosen and label == shown["token_validity"]))
            for value, label in VERSIONS.items()
        ],
        "refused": result,
        "back": reverse("account_settings"),
    }
    return render(request, "iam/account_settings/sts_tokens.html", context)


@require_http_methods(["GET", "POST"])
@console_page
def sts_region(request: HttpRequest, region: str, verb: str) -> HttpResponse:
    """*Activate* or *Deactivate* STS in a Region."""
    activates = verb == "activate"
    word = "Activate" if activates else "Deactivate"
    sentence = (
        "STS issues temporary credentials for this account in this Region again."
        if activates
        else "Requests for temporary credentials of this account are refused in this Region. "
        "Credentials that were given go on working."
    )
    name = region_name(region)
    dialog = ConfirmDialog(f"{word} STS in {name}?", (sentence,), word, reverse("account_settings"))
    status = "Active" if activates else "Inactive"
    operation = "iam:UpdateSecurityTokenServiceRegion"
    update = partial(call, request, operation, Region=region, Status=status)
    frame = iam_frame(request, "account_settings", _trail(word))
    return dialog.carry_out(request, frame, update, f"STS is {status.lower()} in {name}.")
