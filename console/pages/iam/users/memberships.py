"""The groups of a user: adding and removing them."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from console.pages.calls import call, call_all
from console.pages.dialogs import ConfirmDialog
from console.pages.iam.access_changes.preview import change_preview
from console.pages.iam.attach.grants import join_groups
from console.pages.iam.entities.group_rows import group_picker, group_rows
from console.pages.iam.entity_pages import USER
from console.pages.iam.navigation import iam_frame
from console.pages.iam.refusals import refused_page
from console.pages.outcomes import MOST_AT_ONCE, Outcomes, chosen_in, chosen_of, named
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.flash import flash_success
from console.ui.tables import Empty, TableView
from iam.analysis import with_membership

_TABLE = group_picker(
    title="User groups membership",
    description="A user group is a collection of IAM users. Use groups to specify permissions for "
    "a collection of users. A user can be a member of up to 10 groups at a time.",
    selection_form=None,
    keep_selection=False,
    empty=Empty("No resources to display", "This user does not belong to any groups."),
)


def memberships(request: HttpRequest, name: str) -> TableView:
    result = call(request, "iam:ListGroupsForUser", UserName=name)
    return _TABLE.view(request, group_rows(request, result.rows("Groups")), refused=result)


_CHOOSE = "Choose the groups to add the user to."


def _previewed(
    request: HttpRequest, user: str, groups: Sequence[str], *, is_in: bool
) -> dict[str, Any]:
    account_id = console_of(request).account_id
    return change_preview(
        request, lambda world: with_membership(world, account_id, [user], groups, is_in=is_in)
    )


def groups_url(name: str) -> str:
    return f"{USER.url(name)}?tab=groups"


@require_http_methods(["GET", "POST"])
@console_page
def user_groups_add(request: HttpRequest, name: str) -> HttpResponse:
    """Add the user to the chosen groups."""
    present = call(request, "iam:ListGroupsForUser", UserName=name)
    if present.code not in {"", "AccessDenied"}:
        return refused_page(request, present, "users")
    chosen = chosen_of(request.POST.getlist("group"))[:MOST_AT_ONCE]
    sends = chosen and "do" not in request.POST
    if sends and not join_groups(request, name, chosen).nothing_done:
        return redirect(groups_url(name))
    result = call_all(request, "iam:ListGroups", "Groups")
    inside = {group["GroupName"] for group in present.rows("Groups")}
    others = [group for group in result.rows("Groups") if group["GroupName"] not in inside]
    table = group_picker(title="Other groups")
    context = {
        "name": name,
        "table": table.view(request, group_rows(request, others), selected=chosen, refused=result),
        "error": "" if chosen or request.method != "POST" else _CHOOSE,
        **_previewed(request, name, chosen, is_in=True),
        "back": groups_url(name),
    }
    frame = iam_frame(request, "users", USER.trail(name, "Add user to groups"))
    return render(request, "iam/users/groups_add.html", {**frame, **context})


@require_http_methods(["GET", "POST"])
@console_page
def user_groups_remove(request: HttpRequest, name: str) -> HttpResponse:
    """Ask for confirmation, then remove the user from the chosen groups."""
    chosen = chosen_in(request, "group")
    if not chosen:
        return redirect(groups_url(name))
    dialog = ConfirmDialog(
        f"Remove {name} from {len(chosen)} user group{'s' if len(chosen) > 1 else ''}?",
        ("The user loses the permissions that come from these groups.",),
        "Remove from group" if len(chosen) == 1 else "Remove from groups",
        groups_url(name),
        hidden=tuple(("group", group) for group in chosen),
        items=tuple((group, "") for group in chosen),
    )
    if not dialog.confirmed(request):
        frame = iam_frame(request, "users", USER.trail(name, "Remove"))
        return dialog.show(request, frame | _previewed(request, name, chosen, is_in=False))
    outcomes = Outcomes()
    for group in chosen:
        outcomes.call(request, group, "iam:RemoveUserFromGroup", GroupName=group, UserName=name)
    if outcomes.done:
        flash_success(request, f"User removed from {named(outcomes.done)}")
    outcomes.flash_refused(request, "left")
    return redirect(groups_url(name))
