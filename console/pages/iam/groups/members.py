"""Adding users to a group, and removing them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.calls import call_all
from console.pages.dialogs import ConfirmDialog
from console.pages.iam.access_changes.preview import change_preview
from console.pages.iam.entities.user_listing import list_users
from console.pages.iam.entities.user_rows import UserRow
from console.pages.iam.entity_pages import GROUP
from console.pages.iam.navigation import iam_frame
from console.pages.iam.refusals import refused_page
from console.pages.outcomes import MOST_AT_ONCE, Outcomes, chosen_in, chosen_of
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.flash import flash_success
from console.ui.tables import Column, Empty, Table
from iam.analysis import with_membership


def _link(row: UserRow) -> str:
    return reverse("user", args=[row.name])


def _created(row: UserRow) -> object:
    return row.user["CreateDate"]


def user_picker(**options: Any) -> Table:
    """Return a table of users with check boxes named `member`; options as in `Table`."""
    defaults: dict[str, Any] = {
        "id": "members",
        "title": "Users",
        "row_key": "name",
        "selection": "checkbox",
        "selection_name": "member",
        "selection_form": "",
        "keep_selection": True,
        "sort": "name",
        "columns": [
            Column("name", "User name", link=_link),
            Column("groups", "Groups", kind="number", searchable=False, late=True),
            Column("activity", "Last activity", sort_key=lambda row: row.last_active, late=True),
            Column(
                "created",
                "Creation time",
                kind="time",
                value=_created,
                searchable=False,
                late=True,
            ),
        ],
        "empty": Empty("No resources to display"),
    }
    return Table(**{**defaults, **options})


def add_members(
    request: HttpRequest, name: str, users: Iterable[str], *, quiet: bool = False
) -> Outcomes:
    """Add users to a group, a call each, and show flash bars about it."""
    outcomes = Outcomes()
    for user in users:
        outcomes.call(request, user, "iam:AddUserToGroup", GroupName=name, UserName=user)
    if outcomes.done and not quiet:
        count = len(outcomes.done)
        flash_success(request, f"{count} user{'s' if count > 1 else ''} added to this group.")
    outcomes.flash_refused(request, "added")
    return outcomes


def _previewed(
    request: HttpRequest, users: Sequence[str], group: str, *, is_in: bool
) -> dict[str, Any]:
    account_id = console_of(request).account_id
    return change_preview(
        request, lambda world: with_membership(world, account_id, users, [group], is_in=is_in)
    )


@require_http_methods(["GET", "POST"])
@console_page
def group_users_add(request: HttpRequest, name: str) -> HttpResponse:
    present = call_all(request, "iam:GetGroup", "Users", GroupName=name)
    if present.error and not present.denied:
        return refused_page(request, present, "groups")
    chosen = chosen_of(request.POST.getlist("member"))
    sends = chosen and "do" not in request.POST
    if sends and not add_members(request, name, chosen[:MOST_AT_ONCE]).nothing_done:
        return redirect("group", name)
    inside = {user["UserName"] for user in present.rows("Users")}
    found = list_users(request)
    others = [row for row in found.rows if row.name not in inside]
    table = user_picker(title="Other users in this account")
    context = {
        "name": name,
        "table": table.view(
            request, others, selected=chosen, refused=found.refused, complete=found.complete
        ),
        "error": "Choose the users to add." if request.method == "POST" and not chosen else "",
        **_previewed(request, chosen, name, is_in=True),
        "back": GROUP.url(name),
    }
    frame = iam_frame(request, "groups", GROUP.trail(name, "Add users"))
    return render(request, "iam/groups/users_add.html", {**frame, **context})


@require_http_methods(["GET", "POST"])
@console_page
def group_users_remove(request: HttpRequest, name: str) -> HttpResponse:
    """Ask for confirmation, then remove the chosen users."""
    chosen = chosen_in(request, "member")
    if not chosen:
        return redirect("group", name)
    plural = "s" if len(chosen) > 1 else ""
    dialog = ConfirmDialog(
        f"Remove {len(chosen)} user{plural} from {name}?",
        ("They lose the permissions that come from this group.",),
        f"Remove user{plural}",
        GROUP.url(name),
        hidden=tuple(("member", user) for user in chosen),
        items=tuple((user, "") for user in chosen),
    )
    if not dialog.confirmed(request):
        frame = iam_frame(request, "groups", GROUP.trail(name, "Remove users"))
        frame |= _previewed(request, chosen, name, is_in=False)
        return dialog.show(request, frame)
    outcomes = Outcomes()
    for user in chosen:
        outcomes.call(request, user, "iam:RemoveUserFromGroup", GroupName=name, UserName=user)
    if count := len(outcomes.done):
        flash_success(request, f"{count} user{'s' if count > 1 else ''} removed from this group.")
    outcomes.flash_refused(request, "removed")
    return redirect("group", name)
