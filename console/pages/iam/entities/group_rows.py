"""The rows of tables of groups, with members and permissions asked for all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from console.pages.iam.requests import ALL
from console.signin.console import console_of
from console.ui.tables import Column, Empty, Table
from iam.perform import perform_each


@dataclass(frozen=True)
class GroupRow:
    """A group as tables show it; None where the caller may not see it."""

    group: Mapping[str, Any]
    users: int | None
    policies: tuple[str, ...] | None

    @property
    def name(self) -> str:
        """Return the group's name."""
        return str(self.group["GroupName"])

    @property
    def permissions(self) -> str:
        """Return the list's word: *Defined*, *Not defined*."""
        if self.policies is None:
            return "Access denied"
        return "Defined" if self.policies else "Not defined"


def group_rows(request: HttpRequest, groups: Sequence[Mapping[str, Any]]) -> list[GroupRow]:
    """Return rows for groups, in a number of queries that does not grow with them."""
    caller = console_of(request).caller
    asked = [{"GroupName": group["GroupName"]} for group in groups]
    members = perform_each(caller, "iam:GetGroup", [{**one, **ALL} for one in asked])
    attached = perform_each(caller, "iam:ListAttachedGroupPolicies", asked)
    inline = perform_each(caller, "iam:ListGroupPolicies", asked)
    return [
        GroupRow(group, len(inside["Users"]) if isinstance(inside, dict) else None, _names(*given))
        for group, inside, *given in zip(groups, members, attached, inline, strict=True)
    ]


def _names(attached: object, inline: object) -> tuple[str, ...] | None:
    if not isinstance(attached, dict) or not isinstance(inline, dict):
        return None
    managed = (policy["PolicyName"] for policy in attached["AttachedPolicies"])
    return (*managed, *inline["PolicyNames"])


def group_link(row: GroupRow) -> str:
    """Return a group's page."""
    return reverse("group", args=[row.name])


def group_picker(**options: Any) -> Table:
    """Return a table of groups with check boxes named `group`; options as of `Table`."""
    defaults: dict[str, Any] = {
        "id": "groups",
        "title": "User groups",
        "row_key": "name",
        "selection": "checkbox",
        "selection_name": "group",
        "selection_form": "",
        "keep_selection": True,
        "sort": "name",
        "columns": [
            Column("name", "Group name", link=group_link),
            Column("users", "Users", kind="number", searchable=False),
            Column("policies", "Attached policies", kind="wide"),
            Column("created", "Created on", kind="time", value=_created, searchable=False),
        ],
        "empty": Empty("No resources to display"),
    }
    return Table(**{**defaults, **options})


def _created(row: GroupRow) -> object:
    return row.group["CreateDate"]
