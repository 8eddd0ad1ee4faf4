"""The wizard's calls: CreateRole, then AttachRolePolicy for each policy."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from console.pages.iam.requests import why_url
from console.pages.iam.role_wizard.forms import RoleDetailsForm
from console.signin.console import console_of
from console.ui.flash import flash_error, flash_success
from iam.perform import perform
from iam.wire.errors import AwsError


@dataclass(frozen=True)
class Refused:
    """Why the role was not created, where no field is at fault."""

    message: str
    why_url: str


def _fields_at_fault(error: AwsError) -> set[str]:
    members = set(getattr(error, "members", ()))
    return members | ({"RoleName"} if error.code == "EntityAlreadyExists" else set())


def _refuse(form: RoleDetailsForm, error: AwsError) -> Refused:
    for name in _fields_at_fault(error) & set(form.fields):
        form.add_error(name, error.message)
    message = "" if form.errors else error.message
    return Refused(message, why_url(error))


def create_role(
    request: HttpRequest, trust: str, permissions: dict[str, Any], form: RoleDetailsForm
) -> Refused | None:
    """Create the role and attach its policies; returns why it was not created.

    Once the role exists it stays: flash bars say which policy could not be attached.
    """
    caller = console_of(request).caller
    name = form.cleaned_data["RoleName"]
    wanted = {"RoleName": name, "AssumeRolePolicyDocument": trust}
    optional = {
        "Description": form.cleaned_data["Description"],
        "Tags": form.cleaned_data["Tags"],
        "PermissionsBoundary": permissions.get("boundary", "")
        if permissions.get("use_boundary")
        else "",
    }
    wanted.update({key: value for key, value in optional.items() if value})
    try:
        perform(caller, "iam:CreateRole", wanted)
    except AwsError as error:
        return _refuse(form, error)
    for arn in permissions.get("policies", ()):
        try:
            perform(caller, "iam:AttachRolePolicy", {"RoleName": name, "PolicyArn": arn})
        except AwsError as error:
            flash_error(request, f"{arn.rpartition('/')[2]} was not attached: {error.message}")
    view = ("View role", reverse("role", args=[name]))
    flash_success(request, f"Role {name} created.", view)
    return None
