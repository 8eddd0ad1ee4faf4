"""The rows of tables of groups; one call each for all members and all permissions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from console.pages.calls import PAGE_SIZE, CallResult, call_each
from console.ui.tables import Column, Empty, Table


@dataclass(frozen=True)
class GroupRow:
    """A group as tables show it; None where the caller may not see it."""

    group: Mapping[str, Any]
    users: int | None
    policies: tuple[str, ...] | None

    @property
    def name(self) -> str:
        return str(self.group["GroupName"])

    @property
    def permissions(self) -> str:
        """Return the list's word: *Defined*, *Not defined*."""
        if self.policies is None:
            return "Access denied"
        return "Defined" if self.policies else "Not defined"


def group_rows(request: HttpRequest, groups: Sequence[Mapping[str, Any]]) -> list[GroupRow]:
    """Return rows for groups, in a number of queries that does not grow with them."""
    asked = [{"GroupName": group["GroupName"]} for group in groups]
    members = call_each(request, "iam:GetGroup", [{**one, "MaxItems": PAGE_SIZE} for one in asked])
    attached = call_each(request, "iam:ListAttachedGroupPolicies", asked)
    inline = call_each(request, "iam:ListGroupPolicies", asked)
    return [
        GroupRow(group, None if inside.error else len(inside.rows("Users")), _names(*given))
        for group, inside, *given in zip(groups, members, attached, inline, strict=True)
    ]


def _names(attached: CallResult, inline: CallResult) -> tuple[str, ...] | None:
    if attached.error or inline.error:
        return None
    managed = (policy["PolicyName"] for policy in attached.rows("AttachedPolicies"))
    return (*managed, *inline.rows("PolicyNames"))


def group_link(row: GroupRow) -> str:
    return reverse("group", args=[row.name])


def group_picker(**options: Any) -> Table:
    """Return a table of groups with check boxes named `group`; options as in `Table`."""
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
