"""The list of user groups."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.calls import call_all
from console.pages.iam.entities.group_rows import GroupRow, group_link, group_rows
from console.pages.iam.navigation import iam_frame
from console.signin.guard import console_page
from console.ui.tables import Column, Empty, Table


def _path(row: GroupRow) -> object:
    return row.group["Path"]


def _created(row: GroupRow) -> object:
    return row.group["CreateDate"]


TABLE = Table(
    id="groups",
    title="User groups",
    info="user-group",
    description="A user group is a collection of IAM users. Use groups to specify permissions for "
    "a collection of users.",
    row_key="name",
    selection="checkbox",
    sort="name",
    columns=[
        Column("name", "Group name", link=group_link),
        Column("users", "Users", kind="number", searchable=False),
        Column("permissions", "Permissions"),
        Column("created", "Creation time", kind="time", value=_created, searchable=False),
        Column("path", "Path", value=_path, visible=False),
    ],
    empty=Empty(
        "No resources to display", "You have no user groups.", "Create group", "groups/create"
    ),
)


@console_page
def groups(request: HttpRequest) -> HttpResponse:
    result = call_all(request, "iam:ListGroups", "Groups")
    rows = group_rows(request, result.rows("Groups"))
    frame = iam_frame(request, "groups", [("User groups", "")])
    context = {"table": TABLE.view(request, rows, refused=result)}
    return render(request, "iam/groups/list.html", {**frame, **context})
