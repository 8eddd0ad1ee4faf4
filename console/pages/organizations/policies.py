"""The control policies of an organization."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.pages.calls import CallResult, call
from console.pages.iam.policy_text import policy_text
from console.pages.organizations.frame import POLICIES, organizations_frame
from console.pages.organizations.organization_reads import NOT_IN_USE, TYPES, read_policies
from console.pages.refusals import refused_page
from console.signin.guard import console_page
from console.ui.tables import Column, Empty, RefusedRows, Table
from iam.wire.errors import AwsError

CONTROL_POLICIES = Table(
    id="control-policies",
    title="Control policies",
    info="organizations",
    description="Policies that limit what the organization's accounts can do. Here, the scenario "
    "or the lab sets them.",
    search="Find policies",
    row_key="id",
    sort="name",
    columns=[
        Column("name", "Name", link=lambda row: reverse("organization_policy", args=[row["id"]])),
        Column("type", "Type"),
        Column("managed", "Managed by"),
        Column("targets", "Attached to", kind="number"),
        Column("arn", "ARN", kind="copy", visible=False),
    ],
    empty=Empty("No policies", "There is no control policy."),
    refused=RefusedRows(
        "You don't have permissions to see control policies", "The policies could not be listed"
    ),
)


@console_page
def organization_policies(request: HttpRequest) -> HttpResponse:
    """List the service and resource control policies."""
    rows, refused = [], CallResult()
    try:
        rows = [
            {
                "id": one.id,
                "name": one.name,
                "type": one.type_name,
                "managed": "AWS" if one.aws_managed else "Customer",
                "targets": len(one.targets),
                "arn": one.arn,
            }
            for one in read_policies(request)
        ]
    except AwsError as error:
        refused = CallResult(error=error)
    context = {
        **organizations_frame(POLICIES),
        "none": refused.code == NOT_IN_USE,
        "table": CONTROL_POLICIES.view(request, rows, refused=refused),
    }
    return render(request, "organizations/policies.html", context)


@console_page
def organization_policy(request: HttpRequest, policy_id: str) -> HttpResponse:
    """Show one control policy, and what it is attached to."""
    result = call(request, "organizations:DescribePolicy", PolicyId=policy_id)
    if result.error:
        back = reverse("organization_policies")
        return refused_page(
            request, result, lambda title: organizations_frame(POLICIES, [(title, "")]), back
        )
    policy = result.output["Policy"]
    summary = policy["PolicySummary"]
    context = {
        **organizations_frame(POLICIES, [(summary["Name"], "")]),
        **policy_text(policy["Content"], summary["Name"]),
        "policy": summary,
        "type": TYPES[summary["Type"]][1],
        "targets": call(request, "organizations:ListTargetsForPolicy", PolicyId=policy_id),
    }
    return render(request, "organizations/policy.html", context)
