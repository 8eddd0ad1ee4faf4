"""The list of users."""

import re
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.pages.iam.entities.user_listing import list_users
from console.pages.iam.entities.user_rows import UserRow
from console.pages.iam.navigation import iam_frame
from console.signin.guard import console_page
from console.ui.tables import Column, Empty, Table
from iam.arns import parse_arn

_KEY = re.compile(r"A[KS]IA", re.IGNORECASE)
"""What an access key ID begins with: for a part of one all keys are looked up."""


def _password_created(row: UserRow) -> datetime | None:
    return row.password_created


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
        Column("groups", "Groups", kind="number", searchable=False, late=True),
        Column("activity", "Last activity", sort_key=lambda row: row.last_active, late=True),
        Column("mfa_shown", "MFA", late=True),
        Column("password_age", "Password age", sort_key=_password_created, late=True),
        Column(
            "console_last",
            "Console last sign-in",
            sort_key=lambda row: row.user.get("PasswordLastUsed"),
            late=True,
        ),
        Column("key_shown", "Access key ID", late=True, findable=_KEY.search),
        Column("key_age", "Active key age", sort_key=lambda row: row.oldest_active, late=True),
        Column("key_used", "Access key last used", visible=False, late=True),
        Column(
            "arn",
            "ARN",
            value=lambda row: row.user["Arn"],
            kind="copy",
            visible=False,
            late=True,
            findable=parse_arn,
        ),
        Column(
            "created",
            "Creation time",
            value=lambda row: row.user["CreateDate"],
            kind="time",
            searchable=False,
            visible=False,
            late=True,
        ),
    ],
    sort="name",
    empty=Empty("No resources to display", "You have no users.", "Create user", "users/create"),
)


@console_page
def users(request: HttpRequest) -> HttpResponse:
    found = list_users(request)
    table = TABLE.view(request, found.source, refused=found.refused, complete=found.complete)
    frame = iam_frame(request, "users", [("Users", "")])
    return render(request, "iam/users/list.html", {**frame, "table": table})
