"""The list of users."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.pages.calls import call_all
from console.pages.iam.entities.user_rows import UserRow, user_rows
from console.pages.iam.navigation import iam_frame
from console.signin.guard import console_page
from console.ui.tables import Column, Empty, Table


def _link(row: UserRow) -> str:
    return reverse("user", args=[row.name])


TABLE = Table(
    id="users",
    title="Users",
    info="iam-user",
    description="An IAM user is an identity with long-term credentials that is used to interact "
    "with AWS in an account.",
    row_key="name",
    selection="checkbox",
    columns=[
        Column("name", "User name", link=_link),
        Column("path", "Path", value=lambda row: row.user["Path"]),
        Column("groups", "Groups", kind="number", searchable=False),
        Column("activity", "Last activity", sort_key=lambda row: row.last_active),
        Column("mfa_shown", "MFA"),
        Column("password_age", "Password age", sort_key=lambda row: row.password_created),
        Column(
            "console_last",
            "Console last sign-in",
            sort_key=lambda row: row.user.get("PasswordLastUsed"),
        ),
        Column("key_shown", "Access key ID"),
        Column("key_age", "Active key age", sort_key=lambda row: row.oldest_active),
        Column("key_used", "Access key last used", visible=False),
        Column("arn", "ARN", value=lambda row: row.user["Arn"], kind="copy", visible=False),
        Column(
            "created",
            "Creation time",
            value=lambda row: row.user["CreateDate"],
            kind="time",
            searchable=False,
            visible=False,
        ),
    ],
    sort="name",
    empty=Empty("No resources to display", "You have no users.", "Create user", "users/create"),
)


@console_page
def users(request: HttpRequest) -> HttpResponse:
    """List the users."""
    result = call_all(request, "iam:ListUsers", "Users")
    rows = user_rows(request, result.rows("Users"))
    context = {"table": TABLE.view(request, rows, refused=result)}
    frame = iam_frame(request, "users", [("Users", "")])
    return render(request, "iam/users/list.html", {**frame, **context})
