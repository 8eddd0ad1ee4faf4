"""A user's page: summary and tabs."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.calls import call
from console.pages.cloudtrail.sessions import TAB as SESSIONS
from console.pages.cloudtrail.sessions import sessions_part
from console.pages.iam.entities.boundary import boundary_part
from console.pages.iam.entities.effective import effective_part, effective_tab
from console.pages.iam.entities.last_accessed import last_accessed
from console.pages.iam.entities.policy_rows import group_policies, own_policies, policies_table
from console.pages.iam.entity_pages import USER
from console.pages.iam.navigation import iam_frame
from console.pages.iam.refusals import refused_page
from console.pages.iam.users.credential_holders import Holder
from console.pages.iam.users.credentials import credentials
from console.pages.iam.users.memberships import memberships
from console.pages.iam.users.upload_views import uploads
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.tabs import Tab, Tabs
from console.ui.times import ago

TABS = (
    Tab("permissions", "Permissions"),
    Tab("groups", "Groups"),
    Tab("tags", "Tags"),
    Tab("credentials", "Security credentials"),
    Tab("accessed", "Last Accessed"),
)
POLICIES = policies_table(
    description="Permissions are defined by policies attached to the user directly or through "
    "groups."
)


def _permissions(request: HttpRequest, name: str) -> dict[str, Any]:
    rows, refused = own_policies(request, USER, name)
    groups = call(request, "iam:ListGroupsForUser", UserName=name).rows("Groups")
    rows += group_policies(request, [group["GroupName"] for group in groups])
    return {"table": POLICIES.view(request, rows, refused=refused)}


def _groups(request: HttpRequest, name: str) -> dict[str, Any]:
    return {"table": memberships(request, name)}


def _uploads(request: HttpRequest, name: str) -> dict[str, Any]:
    return uploads(request, Holder(name))


def _nothing(request: HttpRequest, name: str) -> dict[str, Any]:
    return {}


_CONTEXTS: dict[str, Callable[[HttpRequest, str], dict[str, Any]]] = {
    "permissions": _permissions,
    "groups": _groups,
    "credentials": _uploads,
}


def _summary(request: HttpRequest, found: dict[str, Any]) -> dict[str, Any]:
    now, used = console_of(request).caller.now, found.get("PasswordLastUsed")
    return {
        "found": found,
        "name": found["UserName"],
        "signed_in": ago(used, now) if used else "",
        **boundary_part(USER, found["UserName"], found),
        **credentials(request, Holder(found["UserName"]), found.get("Tags", ())),
    }


@console_page
def user(request: HttpRequest, name: str) -> HttpResponse:
    result = call(request, "iam:GetUser", UserName=name)
    if result.error:
        return refused_page(request, result, "users")
    tabs = Tabs(
        (*TABS, *effective_tab(request), SESSIONS),
        USER.url(name),
        request.GET.get("tab", ""),
        label="User",
    )
    context = _CONTEXTS.get(tabs.current, _nothing)(request, name)
    if tabs.current == "effective":
        context = effective_part(request, result.output["User"]["Arn"])
    if tabs.current == "sessions":
        context = sessions_part(request, name, is_role=False)
    if tabs.current == "accessed":
        context = last_accessed(request, result.output["User"]["Arn"], "this user can access")
    frame = iam_frame(request, "users", USER.trail(name))
    summary = _summary(request, result.output["User"])
    page = {**frame, **summary, **context, "tabs": tabs}
    return render(request, f"iam/users/{tabs.current}.html", page)
