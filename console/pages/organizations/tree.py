"""The organization's tree, and the levels above one of its nodes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.pages.calls import CallResult
from console.pages.organizations.drawing import drawing_of
from console.pages.organizations.frame import ACCOUNTS, organizations_frame
from console.pages.organizations.levels import levels_of
from console.pages.organizations.organization_reads import (
    NOT_IN_USE,
    OrganizationView,
    describe_organization,
    read_organization,
)
from console.pages.refusals import refused_page
from console.signin.console import console_of
from console.signin.guard import console_page
from iam.wire.errors import AwsError


def _read(request: HttpRequest) -> tuple[CallResult, OrganizationView | None, CallResult]:
    """Return what the account may know of its organization, the tree, and what refused the tree."""
    described = describe_organization(request)
    if described.error:
        return described, None, CallResult()
    organization = described.output["Organization"]
    if console_of(request).account_id != organization["MasterAccountId"]:
        return described, None, CallResult()
    try:
        return described, read_organization(request, organization), CallResult()
    except AwsError as error:
        return described, None, CallResult(error=error)


@console_page
def organization(request: HttpRequest) -> HttpResponse:
    """Show the tree with its policies; to a member account only whose organization it is."""
    described, found, refused = _read(request)
    context: dict[str, Any] = {
        **organizations_frame(ACCOUNTS),
        "described": described,
        "none": described.code == NOT_IN_USE,
        "organization": described.output.get("Organization"),
        "found": found,
        "refused": refused,
        "drawing": drawing_of(found.nodes) if found else None,
    }
    return render(request, "organizations/tree.html", context)


@console_page
def organization_target(request: HttpRequest, target_id: str) -> HttpResponse:
    """Show what each level above a root, a unit or an account lets through, and its own."""
    described, found, refused = _read(request)
    node = found.node(target_id) if found else None
    if found is None or node is None:
        missing = AwsError("TargetNotFoundException", "You specified a target that doesn't exist.")
        result = next(one for one in (described, refused, CallResult(error=missing)) if one.error)
        home = reverse("organization")
        return refused_page(
            request, result, lambda title: organizations_frame(ACCOUNTS, [(title, "")]), home
        )
    context = {
        **organizations_frame(ACCOUNTS, [(node.name, "")]),
        "node": node,
        "levels": {} if node.management else levels_of(found.path(node)),
    }
    return render(request, "organizations/target.html", context)
