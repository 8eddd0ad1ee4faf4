"""*Permissions options* of a user: groups, a copy of another user, or policies."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from console.pages.calls import call_all, call_listing
from console.pages.iam.entities.group_rows import group_picker, group_rows
from console.pages.iam.entities.user_listing import list_users
from console.pages.iam.policy_table import policy_picker
from console.pages.outcomes import MOST_AT_ONCE, chosen_of
from console.ui.tables import Column, Empty, Table, TableView

OPTIONS = (
    (
        "groups",
        "Add user to group",
        "Add user to an existing group, or create a new group. We recommend using groups to "
        "manage user permissions by job function.",
    ),
    (
        "copy",
        "Copy permissions",
        "Copy all group memberships, attached managed policies, and inline policies from an "
        "existing user.",
    ),
    (
        "direct",
        "Attach policies directly",
        "Attach a managed policy directly to a user. As a best practice, we recommend attaching "
        "policies to a group instead. Then, add the user to the appropriate group.",
    ),
)
_SLUGS = {slug for slug, _, _ in OPTIONS}
_NO_GROUPS = (
    "Create a group and select policies to attach to the group. We recommend using groups to "
    "manage user permissions by job function."
)
_USERS = Table(
    id="users",
    title="Users",
    row_key="name",
    selection="radio",
    selection_name="copy_from",
    selection_form="",
    prefix="users-",
    sort="name",
    columns=[
        Column("name", "User name"),
        Column("groups", "Groups", kind="number", searchable=False, late=True),
        Column("activity", "Last activity", sort_key=lambda row: row.last_active, late=True),
    ],
)
_POLICIES = policy_picker(prefix="policies-", description="Choose one or more policies to attach.")
_PARTS = {"groups": "groups-", "copy": "users-", "direct": "policies-"}


@dataclass(frozen=True)
class PermissionsChoice:
    """The option that was chosen, with its groups, user to copy from, or policies."""

    option: str = "groups"
    groups: tuple[str, ...] = ()
    copy_from: str = ""
    policies: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: QueryDict) -> "PermissionsChoice":
        """Read a form."""
        option = data.get("option", "")
        return cls(
            option if option in _SLUGS else "groups",
            tuple(chosen_of(data.getlist("group"))),
            data.get("copy_from", ""),
            tuple(chosen_of(data.getlist("selected"))),
        )

    @property
    def refusal(self) -> str:
        """Return what is wrong with the choice; empty if nothing is."""
        if self.option == "copy" and not self.copy_from:
            return "Choose the user to copy permissions from."
        if max(len(self.groups), len(self.policies)) > MOST_AT_ONCE:
            return f"Choose {MOST_AT_ONCE} at most."
        return ""

    @property
    def is_empty(self) -> bool:
        given = {"groups": self.groups, "copy": self.copy_from, "direct": self.policies}
        return not given[self.option]


def _option(request: HttpRequest, chosen: PermissionsChoice) -> str:
    """Return the option to show: the one whose table was filtered, else the chosen one."""
    for slug, prefix in _PARTS.items():
        if any(name.startswith(prefix) for name in request.GET):
            return slug
    return chosen.option


def option_tables(
    request: HttpRequest,
    chosen: PermissionsChoice,
    *,
    user: str = "",
    present: Set[str] = frozenset(),
) -> dict[str, Any]:
    """Return the context of the options' template, for a new user or an existing one.

    `present` has the names of the user's groups and the ARNs of its policies, to leave out.
    """
    option = _option(request, chosen)
    return {
        "options": [(slug, label, text, slug == option) for slug, label, text in OPTIONS],
        "groups_table": _groups(request, chosen, present),
        "users_table": _users(request, chosen, user),
        "policies_table": _policies(request, chosen, present),
    }


def _groups(request: HttpRequest, chosen: PermissionsChoice, present: Set[str]) -> TableView:
    result = call_all(request, "iam:ListGroups", "Groups")
    others = [group for group in result.rows("Groups") if group["GroupName"] not in present]
    rows = group_rows(request, others)
    create = reverse("group_create")
    empty = Empty("Get started with groups", _NO_GROUPS, "Create group", create)
    table = group_picker(prefix="groups-", empty=empty)
    return table.view(request, rows, selected=chosen.groups, refused=result)


def _users(request: HttpRequest, chosen: PermissionsChoice, but: str) -> TableView:
    found = list_users(request)
    rows = [row for row in found.rows if row.name != but]
    return _USERS.view(
        request,
        rows,
        selected=[chosen.copy_from],
        refused=found.refused,
        complete=found.complete,
    )


def _policies(request: HttpRequest, chosen: PermissionsChoice, present: Set[str]) -> TableView:
    found = call_listing(request, "iam:ListPolicies")
    rows = [policy for policy in found.listing.rows if policy["Arn"] not in present]
    return _POLICIES.view(request, rows, selected=chosen.policies, refused=found.refused)
