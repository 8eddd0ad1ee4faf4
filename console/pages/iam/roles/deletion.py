"""Deleting roles: AWS's calls in AWS's order."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.calls import call, call_each
from console.pages.dialogs import ConfirmDialog
from console.pages.iam.entities.deletion import (
    delete_entity,
    delete_inline_policies,
    deletion_dialog,
    detach_policies,
)
from console.pages.iam.entity_pages import ROLE
from console.pages.iam.navigation import iam_frame
from console.pages.iam.roles.listing import last_used
from console.pages.outcomes import chosen_in
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.times import ago
from iam.arns import SERVICE_LINKED_NAME, SERVICE_LINKED_PATH
from iam.wire.errors import AwsError


def delete_role(request: HttpRequest, name: str) -> None:
    """Detach what is attached, delete what is inline, delete the role; raises AwsError.

    An instance profile of the same name is deleted too; others only lose the role. The role of a
    service is deleted by a task.
    """
    role = {"RoleName": name}
    if _is_linked(request, role):
        _delete_linked(request, role)
        return
    detach_policies(request, ROLE, name)
    delete_inline_policies(request, ROLE, name)
    listed = call(request, "iam:ListInstanceProfilesForRole", **role).or_raise()
    for one in listed.rows("InstanceProfiles"):
        profile = {"InstanceProfileName": one["InstanceProfileName"]}
        call(request, "iam:RemoveRoleFromInstanceProfile", **profile, **role).or_raise()
        if profile["InstanceProfileName"] == name:
            call(request, "iam:DeleteInstanceProfile", **profile).or_raise()
    call(request, "iam:DeleteRole", **role).or_raise()


def _is_linked(request: HttpRequest, role: Mapping[str, str]) -> bool:
    if not role["RoleName"].startswith(SERVICE_LINKED_NAME):
        return False
    found = call(request, "iam:GetRole", **role).or_raise()
    path: str = found.output["Role"]["Path"]
    return path.startswith(SERVICE_LINKED_PATH)


def _delete_linked(request: HttpRequest, role: Mapping[str, str]) -> None:
    task = call(request, "iam:DeleteServiceLinkedRole", **role).or_raise().output
    status = call(
        request, "iam:GetServiceLinkedRoleDeletionStatus", DeletionTaskId=task["DeletionTaskId"]
    ).or_raise()
    if status.output["Status"] == "FAILED":
        raise AwsError("DeleteConflict", status.output["Reason"]["Reason"], 409)


def _notes(request: HttpRequest, names: list[str]) -> Mapping[str, str]:
    now = console_of(request).caller.now
    asked = [{"RoleName": name} for name in names]
    notes = {}
    for name, result in zip(names, call_each(request, "iam:GetRole", asked), strict=True):
        used = last_used(result.output.get("Role", {}))
        notes[name] = f"Last activity: {ago(used, now) if used else 'None'}"
    return notes


def _dialog(names: list[str], notes: Mapping[str, Any]) -> ConfirmDialog:
    return deletion_dialog(
        ROLE,
        names,
        "Deleting a role also detaches its policies and deletes its inline policies "
        "and an instance profile of the same name. "
        "Sessions of the role end at once. This action cannot be undone.",
        items=tuple((name, notes[name]) for name in names),
    )


@require_http_methods(["GET", "POST"])
@console_page
def role_delete(request: HttpRequest) -> HttpResponse:
    """Ask for the name, then delete the chosen roles."""
    names = chosen_in(request)
    if not names:
        return redirect("roles")
    dialog = _dialog(names, _notes(request, names))
    if not dialog.confirmed(request):
        trail = [("Roles", reverse("roles")), ("Delete", "")]
        return dialog.show(request, iam_frame(request, "roles", trail))
    for name in names:
        delete_entity(request, ROLE, name, delete_role)
    return redirect("roles")
