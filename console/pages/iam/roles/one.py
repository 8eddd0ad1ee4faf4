"""A role's page: summary and tabs."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.pages.iam.navigation import iam_frame
from console.pages.iam.policy_table import policy_url
from console.pages.iam.requests import Answered, ask
from console.pages.iam.roles.sessions import revoke_document
from console.pages.iam.roles.trusted import accounts_may_switch
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.tables import Column, Empty, Table
from console.ui.tabs import Tab, Tabs
from console.ui.times import ago, hours

TABS = (
    Tab("permissions", "Permissions"),
    Tab("trust", "Trust relationships"),
    Tab("tags", "Tags"),
    Tab("revoke", "Revoke sessions"),
)
POLICIES = Table(
    id="permissions",
    title="Permissions policies",
    info="managed-policy",
    description="You can attach up to 20 managed policies.",
    row_key="key",
    selection="checkbox",
    columns=[
        Column("name", "Policy name", link=lambda row: row["url"]),
        Column("type", "Type"),
    ],
    empty=Empty("No resources to display", "This role has no permissions yet."),
)


def missing_page(request: HttpRequest, answer: Answered, current: str) -> HttpResponse:
    """Show why an entity's page cannot be shown: there is none of the name, or it is denied."""
    status = 404 if answer.code == "NoSuchEntity" else 403
    context = {**iam_frame(request, current), "answer": answer}
    return render(request, "iam/missing.html", context, status=status)


def _policies(request: HttpRequest, name: str) -> dict[str, Any]:
    attached = ask(request, "iam:ListAttachedRolePolicies", RoleName=name)
    inline = ask(request, "iam:ListRolePolicies", RoleName=name)
    rows = [
        {
            "key": f"managed:{one['PolicyArn']}",
            "name": one["PolicyName"],
            "url": policy_url(one["PolicyArn"]),
            "type": "AWS managed" if ":aws:policy/" in one["PolicyArn"] else "Customer managed",
        }
        for one in attached.rows("AttachedPolicies")
    ]
    rows += [
        {
            "key": f"inline:{one}",
            "name": one,
            "url": reverse("inline_policy_edit", args=["roles", name, one]),
            "type": "Customer inline",
        }
        for one in inline.rows("PolicyNames")
    ]
    denied = attached if attached.denied else inline
    return {"table": POLICIES.view(request, rows, **denied.shown)}


def _switch_link(request: HttpRequest, role: dict[str, Any], account_id: str) -> str:
    name = (role["Path"] + role["RoleName"]).lstrip("/")
    query = urlencode({"roleName": name, "account": account_id})
    return request.build_absolute_uri(f"{reverse('switchrole')}?{query}")


@console_page
def role(request: HttpRequest, name: str) -> HttpResponse:
    """Show a role."""
    answer = ask(request, "iam:GetRole", RoleName=name)
    if answer.denied:
        return missing_page(request, answer, "roles")
    found, console = answer.result["Role"], console_of(request)
    tabs = Tabs(TABS, reverse("role", args=[name]), request.GET.get("tab", ""), label="Role")
    used = found.get("RoleLastUsed", {}).get("LastUsedDate")
    document = found["AssumeRolePolicyDocument"]
    context: dict[str, Any] = {
        "role": found,
        "tabs": tabs,
        "activity": ago(used, console.caller.now) if used else "-",
        "duration": hours(found["MaxSessionDuration"]),
        "boundary": found.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn", ""),
    }
    if accounts_may_switch(document):
        context["switch_link"] = _switch_link(request, found, console.account_id)
    if tabs.current == "permissions":
        context.update(_policies(request, name))
    elif tabs.current == "revoke":
        context["revoke_document"] = revoke_document("[policy creation time]")
    around = iam_frame(request, "roles", [("Roles", reverse("roles")), (name, "")])
    return render(request, "iam/roles/one.html", {**around, **context})
