"""Deleting roles: AWS's calls in AWS's order, after the name was typed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from console.pages.iam.navigation import iam_frame
from console.pages.iam.requests import ask, why_url
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.flash import flash_error, flash_success
from console.ui.times import ago
from iam.callers import Caller
from iam.perform import perform
from iam.wire.errors import AwsError


def delete_role(caller: Caller, name: str) -> None:
    """Detach what is attached, delete what is inline, delete the role; raises AwsError."""
    role = {"RoleName": name}
    for policy in perform(caller, "iam:ListAttachedRolePolicies", role)["AttachedPolicies"]:
        perform(caller, "iam:DetachRolePolicy", {**role, "PolicyArn": policy["PolicyArn"]})
    for policy_name in perform(caller, "iam:ListRolePolicies", role)["PolicyNames"]:
        perform(caller, "iam:DeleteRolePolicy", {**role, "PolicyName": policy_name})
    perform(caller, "iam:DeleteRole", role)


def _chosen(request: HttpRequest, names: list[str]) -> list[dict[str, Any]]:
    now, chosen = console_of(request).caller.now, []
    for name in names:
        answer = ask(request, "iam:GetRole", RoleName=name)
        used = answer.result.get("Role", {}).get("RoleLastUsed", {}).get("LastUsedDate")
        chosen.append(
            {"name": name, "activity": ago(used, now) if used else "None", "answer": answer}
        )
    return chosen


@require_http_methods(["GET", "POST"])
@console_page
def role_delete(request: HttpRequest) -> HttpResponse:
    """Ask for the name, then delete the chosen roles."""
    data = request.POST if request.method == "POST" else request.GET
    names = list(dict.fromkeys(data.getlist("selected")))[:50]
    if not names:
        return redirect("roles")
    expected = names[0] if len(names) == 1 else "delete"
    error = ""
    if request.method == "POST":
        if request.POST.get("confirm", "").strip() == expected:
            return _delete_all(request, names)
        error = f"To confirm deletion, enter {expected}."
    around = iam_frame(request, "roles", [("Roles", "../roles"), ("Delete", "")])
    context = {"chosen": _chosen(request, names), "expected": expected, "error": error}
    return render(request, "iam/roles/delete.html", {**around, **context})


def _delete_all(request: HttpRequest, names: list[str]) -> HttpResponse:
    for name in names:
        try:
            delete_role(console_of(request).caller, name)
        except AwsError as error:
            why = why_url(error)
            link = ("Why?", why) if why else None
            flash_error(request, f"Role {name} was not deleted: {error.message}", link)
        else:
            flash_success(request, f"Role {name} deleted.")
    return redirect("roles")
