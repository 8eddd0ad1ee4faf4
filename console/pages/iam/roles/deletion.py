"""Deleting roles: AWS's calls in AWS's order, after the name was typed."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.iam.entities.deletion import delete_entity
from console.pages.iam.entities.dialogs import ConfirmDialog
from console.pages.iam.entities.entity_pages import ROLE
from console.pages.iam.entities.outcomes import MOST_AT_ONCE, chosen_of
from console.pages.iam.navigation import iam_frame
from console.pages.iam.roles.listing import last_used
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.times import ago
from iam.callers import Caller
from iam.perform import perform, perform_each


def delete_role(caller: Caller, name: str) -> None:
    """Detach what is attached, delete what is inline, delete the role; raises AwsError.

    An instance profile of the same name goes with it; others only lose the role.
    """
    role = {"RoleName": name}
    for policy in perform(caller, "iam:ListAttachedRolePolicies", role)["AttachedPolicies"]:
        perform(caller, "iam:DetachRolePolicy", {**role, "PolicyArn": policy["PolicyArn"]})
    for policy_name in perform(caller, "iam:ListRolePolicies", role)["PolicyNames"]:
        perform(caller, "iam:DeleteRolePolicy", {**role, "PolicyName": policy_name})
    listed = perform(caller, "iam:ListInstanceProfilesForRole", role)["InstanceProfiles"]
    for profile in [{"InstanceProfileName": one["InstanceProfileName"]} for one in listed]:
        perform(caller, "iam:RemoveRoleFromInstanceProfile", {**profile, **role})
        if profile["InstanceProfileName"] == name:
            perform(caller, "iam:DeleteInstanceProfile", profile)
    perform(caller, "iam:DeleteRole", role)


def _notes(request: HttpRequest, names: list[str]) -> Mapping[str, str]:
    caller = console_of(request).caller
    asked = [{"RoleName": name} for name in names]
    notes = {}
    for name, detail in zip(names, perform_each(caller, "iam:GetRole", asked), strict=True):
        used = last_used(detail["Role"]) if isinstance(detail, dict) else None
        notes[name] = f"Last activity: {ago(used, caller.now) if used else 'None'}"
    return notes


def _dialog(names: list[str], notes: Mapping[str, Any]) -> ConfirmDialog:
    one = len(names) == 1
    return ConfirmDialog(
        f"Delete {names[0]}?" if one else f"Delete {len(names)} roles?",
        (
            "Deleting a role also detaches its policies and deletes its inline policies "
            "and an instance profile of the same name. "
            "Sessions of the role end at once. This action cannot be undone.",
        ),
        "Delete",
        reverse("roles"),
        expected=names[0] if one else f"{len(names)} roles",
        hidden=tuple(("selected", name) for name in names),
        items=tuple((name, notes[name]) for name in names),
    )


@require_http_methods(["GET", "POST"])
@console_page
def role_delete(request: HttpRequest) -> HttpResponse:
    """Ask for the name, then delete the chosen roles."""
    data = request.POST if request.method == "POST" else request.GET
    names = chosen_of(data.getlist("selected"))[:MOST_AT_ONCE]
    if not names:
        return redirect("roles")
    dialog = _dialog(names, _notes(request, names))
    if not dialog.confirmed(request):
        trail = [("Roles", reverse("roles")), ("Delete", "")]
        return dialog.show(request, iam_frame(request, "roles", trail))
    for name in names:
        delete_entity(request, ROLE, name, delete_role)
    return redirect("roles")
