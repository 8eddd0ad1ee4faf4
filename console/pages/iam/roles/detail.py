"""A role's page: summary and tabs."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.pages.calls import call
from console.pages.cloudtrail.sessions import TAB as SESSIONS
from console.pages.cloudtrail.sessions import sessions_part
from console.pages.iam.entities.boundary import boundary_part
from console.pages.iam.entities.effective import effective_part, effective_tab
from console.pages.iam.entities.last_accessed import last_accessed
from console.pages.iam.entities.policy_rows import counted, own_policies, policies_table
from console.pages.iam.entity_pages import ROLE
from console.pages.iam.navigation import iam_frame
from console.pages.iam.providers.federation.pictures import pictures_of_role
from console.pages.iam.refusals import refused_page
from console.pages.iam.roles.listing import last_used
from console.pages.iam.roles.sessions import revoke_document
from console.pages.iam.roles.trusted_entities import accounts_may_switch, trusted_entities
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.tables import Empty
from console.ui.tabs import Tab, Tabs
from console.ui.times import ago, hours

TABS = (
    Tab("permissions", "Permissions"),
    Tab("trust", "Trust relationships"),
    Tab("tags", "Tags"),
    Tab("accessed", "Last Accessed"),
    Tab("revoke", "Revoke sessions"),
)
POLICIES = policies_table(
    counts=True,
    description="You can attach up to 20 managed policies.",
    empty=Empty("No resources to display", "This role has no permissions yet."),
)


def _permissions(request: HttpRequest, found: dict[str, Any]) -> dict[str, Any]:
    rows, refused = own_policies(request, ROLE, found["RoleName"])
    boundary = boundary_part(ROLE, found["RoleName"], found)
    return {"table": POLICIES.view(request, counted(request, rows), refused=refused), **boundary}


def _revoke(request: HttpRequest, found: dict[str, Any]) -> dict[str, Any]:
    return {"revoke_document": revoke_document("[policy creation time]")}


def _trust(request: HttpRequest, found: dict[str, Any]) -> dict[str, Any]:
    return {"pictures": pictures_of_role(request, found)}


def _nothing(request: HttpRequest, found: dict[str, Any]) -> dict[str, Any]:
    return {}


_CONTEXTS: dict[str, Callable[[HttpRequest, dict[str, Any]], dict[str, Any]]] = {
    "permissions": _permissions,
    "revoke": _revoke,
    "trust": _trust,
}


def _switch_link(request: HttpRequest, found: dict[str, Any]) -> str:
    if not accounts_may_switch(found["AssumeRolePolicyDocument"]):
        return ""
    name = (found["Path"] + found["RoleName"]).lstrip("/")
    query = urlencode({"roleName": name, "account": console_of(request).account_id})
    return request.build_absolute_uri(f"{reverse('switchrole')}?{query}")


def _profile_arns(request: HttpRequest, found: dict[str, Any]) -> list[str]:
    """Return the instance profiles of a role, if EC2 may assume it."""
    if "AWS Service: ec2" not in trusted_entities(found["AssumeRolePolicyDocument"]):
        return []
    listed = call(request, "iam:ListInstanceProfilesForRole", RoleName=found["RoleName"])
    return [profile["Arn"] for profile in listed.rows("InstanceProfiles")]


def _summary(request: HttpRequest, found: dict[str, Any]) -> dict[str, Any]:
    now, used = console_of(request).caller.now, last_used(found)
    return {
        "role": found,
        "name": found["RoleName"],
        "activity": ago(used, now) if used else "-",
        "duration": hours(found["MaxSessionDuration"]),
        "switch_link": _switch_link(request, found),
        "profile_arns": _profile_arns(request, found),
    }


@console_page
def role(request: HttpRequest, name: str) -> HttpResponse:
    result = call(request, "iam:GetRole", RoleName=name)
    if result.error:
        return refused_page(request, result, "roles")
    found = result.output["Role"]
    tabs = Tabs(
        (*TABS, *effective_tab(request), SESSIONS),
        ROLE.url(name),
        request.GET.get("tab", ""),
        label="Role",
    )
    context = _CONTEXTS.get(tabs.current, _nothing)(request, found)
    if tabs.current == "effective":
        context = effective_part(request, found["Arn"])
    if tabs.current == "sessions":
        context = sessions_part(request, name, is_role=True)
    if tabs.current == "accessed":
        context = last_accessed(request, found["Arn"], "this role can access")
    frame = iam_frame(request, "roles", ROLE.trail(name))
    page = {**frame, **_summary(request, found), **context, "tabs": tabs}
    return render(request, f"iam/roles/{tabs.current}.html", page)
