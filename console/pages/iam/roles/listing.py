"""The list of roles."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.pages.calls import CallResult, call_each, call_listing
from console.pages.iam.navigation import iam_frame
from console.pages.iam.roles.trusted_entities import trusted_entities
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.tables import Column, Empty, Table
from console.ui.times import ago
from iam.arns import parse_arn

TABLE = Table(
    id="roles",
    title="Roles",
    info="role",
    description="An IAM role is an identity you can create that has specific permissions with "
    "credentials that are valid for short durations. Roles can be assumed by entities that you "
    "trust.",
    row_key="RoleName",
    selection="checkbox",
    columns=[
        Column("RoleName", "Role name", link=lambda row: reverse("role", args=[row["RoleName"]])),
        Column("trusted", "Trusted entities", kind="wide", late=True),
        Column("activity", "Last activity", sort_key=lambda row: row["used"], late=True),
        Column("Path", "Path", visible=False),
        Column("Description", "Description", kind="wide", visible=False, late=True),
        Column("CreateDate", "Creation time", kind="time", visible=False, late=True),
        Column("Arn", "ARN", kind="copy", visible=False, late=True, findable=parse_arn),
    ],
    sort="RoleName",
    empty=Empty(
        "No roles", "Create a role to give permissions for a short time.", "Create role", "create"
    ),
)


def _activity(result: CallResult, now: datetime) -> dict[str, Any]:
    used = last_used(result.output.get("Role", {}))
    return {"used": used, "activity": ago(used, now) if used else "-"}


@console_page
def roles(request: HttpRequest) -> HttpResponse:
    """List the roles, with who is trusted and when each was last used."""
    now = console_of(request).caller.now
    found = call_listing(request, "iam:ListRoles")

    def complete(some: list[Any], columns: frozenset[str]) -> list[Any]:
        before = {row["RoleName"]: row for row in some}
        rows = [{**before[role["RoleName"]], **role} for role in found.listing.shaped(some)]
        if "activity" in columns:
            asked = [{"RoleName": row["RoleName"]} for row in rows]
            for row, detail in zip(rows, call_each(request, "iam:GetRole", asked), strict=True):
                row.update(_activity(detail, now))
        if "trusted" in columns:
            for row in rows:
                row["trusted"] = trusted_entities(row["AssumeRolePolicyDocument"])
        return rows

    rows = found.source({"RoleName": "RoleName", "Path": "Path"})
    context = {"table": TABLE.view(request, rows, refused=found.refused, complete=complete)}
    around = iam_frame(request, "roles", [("Roles", "")])
    return render(request, "iam/roles/list.html", {**around, **context})


def last_used(role: Mapping[str, Any]) -> datetime | None:
    found: datetime | None = role.get("RoleLastUsed", {}).get("LastUsedDate")
    return found
