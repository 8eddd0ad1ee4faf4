"""Deleting groups with their members and policies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.calls import call, call_all
from console.pages.dialogs import ConfirmDialog
from console.pages.iam.entities.deletion import (
    delete_entity,
    delete_inline_policies,
    deletion_dialog,
    detach_policies,
)
from console.pages.iam.entity_pages import GROUP
from console.pages.iam.navigation import iam_frame
from console.pages.outcomes import chosen_in
from console.signin.guard import console_page


def delete_group(request: HttpRequest, name: str) -> None:
    """Remove members, detach and delete policies, then delete the group; raises AwsError."""
    group = {"GroupName": name}
    for user in call_all(request, "iam:GetGroup", "Users", **group).or_raise().rows("Users"):
        call(request, "iam:RemoveUserFromGroup", **group, UserName=user["UserName"]).or_raise()
    detach_policies(request, GROUP, name)
    delete_inline_policies(request, GROUP, name)
    call(request, "iam:DeleteGroup", **group).or_raise()


def _dialog(names: list[str]) -> ConfirmDialog:
    return deletion_dialog(
        GROUP,
        names,
        "Delete the user group permanently, with its inline policies. Its users are not "
        "deleted, but lose the permissions that come from the group.",
        items=() if len(names) == 1 else tuple((name, "") for name in names),
    )


@require_http_methods(["GET", "POST"])
@console_page
def group_delete(request: HttpRequest) -> HttpResponse:
    """Ask for the name, then delete the chosen groups."""
    names = chosen_in(request)
    if not names:
        return redirect("groups")
    dialog = _dialog(names)
    if not dialog.confirmed(request):
        trail = [("User groups", reverse("groups")), ("Delete", "")]
        return dialog.show(request, iam_frame(request, "groups", trail))
    for name in names:
        delete_entity(request, GROUP, name, delete_group)
    return redirect("groups")
