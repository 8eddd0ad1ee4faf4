"""The list of managed policies, AWS's and the account's own."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.calls import call_listing
from console.pages.iam.navigation import iam_frame
from console.pages.iam.policy_table import DESCRIPTION, policy_link, policy_picker, policy_type
from console.signin.guard import console_page
from console.ui.tables import Column


def used_as(policy: Mapping[str, Any]) -> str:
    """Return how the account uses a policy, such as *Permissions policy (2)* or *None*."""
    uses = (
        ("Permissions policy", policy.get("AttachmentCount", 0)),
        ("Permissions boundary", policy.get("PermissionsBoundaryUsageCount", 0)),
    )
    return ", ".join(f"{words} ({count})" for words, count in uses if count) or "None"


TABLE = policy_picker(
    title="Policies",
    info="managed-policy",
    description="A policy is an object in AWS that defines permissions.",
    selection="radio",
    selection_name="arn",
    selection_form=None,
    keep_selection=False,
    columns=[
        Column("PolicyName", "Policy name", link=policy_link),
        Column("type", "Type", value=policy_type),
        Column("used", "Used as", value=used_as),
        DESCRIPTION,
        Column("CreateDate", "Creation time", kind="time", searchable=False, visible=False),
        Column("UpdateDate", "Edited time", kind="time", searchable=False, visible=False),
        Column("Arn", "ARN", kind="copy", visible=False),
    ],
)


@console_page
def policies(request: HttpRequest) -> HttpResponse:
    found = call_listing(request, "iam:ListPolicies")
    context = {"table": TABLE.view(request, found.listing.rows, refused=found.refused)}
    frame = iam_frame(request, "policies", [("Policies", "")])
    return render(request, "iam/policies/list.html", {**frame, **context})
