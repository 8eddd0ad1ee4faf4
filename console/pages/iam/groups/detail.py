"""A user group's page: summary, users, permissions."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.calls import CallResult, call_all
from console.pages.iam.entities.last_accessed import last_accessed
from console.pages.iam.entities.policy_rows import counted, own_policies, policies_table
from console.pages.iam.entities.user_rows import UserRow, completed
from console.pages.iam.entity_pages import GROUP
from console.pages.iam.groups.members import user_picker
from console.pages.iam.navigation import iam_frame
from console.pages.iam.refusals import refused_page
from console.signin.guard import console_page
from console.ui.tables import Empty
from console.ui.tabs import Tab, Tabs

TABS = (
    Tab("users", "Users"),
    Tab("permissions", "Permissions"),
    Tab("accessed", "Last Accessed"),
)
_USERS = user_picker(
    title="Users in this group",
    info="user-group",
    description="An IAM user is an entity that you create in AWS to represent the person or "
    "application that uses it to interact with AWS.",
    selection_form=None,
    keep_selection=False,
    empty=Empty("No resources to display", "This group has no users yet."),
)
_POLICIES = policies_table(counts=True, description="You can attach up to 10 managed policies.")


def _users(request: HttpRequest, name: str, result: CallResult) -> dict[str, Any]:
    rows = [UserRow(user) for user in result.rows("Users")]
    return {"table": _USERS.view(request, rows, complete=partial(completed, request))}


def _permissions(request: HttpRequest, name: str, result: CallResult) -> dict[str, Any]:
    rows, refused = own_policies(request, GROUP, name)
    return {"table": _POLICIES.view(request, counted(request, rows), refused=refused)}


_CONTEXTS = {"users": _users, "permissions": _permissions}


@console_page
def group(request: HttpRequest, name: str) -> HttpResponse:
    result = call_all(request, "iam:GetGroup", "Users", GroupName=name)
    if result.error:
        return refused_page(request, result, "groups")
    tabs = Tabs(TABS, GROUP.url(name), request.GET.get("tab", ""), label="User group")
    load = _CONTEXTS.get(tabs.current)
    context = load(request, name, result) if load else {}
    if tabs.current == "accessed":
        arn = result.output["Group"]["Arn"]
        context = last_accessed(request, arn, "this group's users can access")
    frame = iam_frame(request, "groups", GROUP.trail(name))
    page = {**frame, "found": result.output["Group"], "name": name, "tabs": tabs, **context}
    return render(request, f"iam/groups/{tabs.current}.html", page)
