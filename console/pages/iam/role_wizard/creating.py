"""The wizard's calls: CreateRole, then AttachRolePolicy for each policy."""

from typing import Any

from django.http import HttpRequest

from console.pages.iam.attach.granting import attach_policies
from console.pages.iam.entities.kinds import ROLE
from console.pages.iam.role_wizard.forms import RoleDetailsForm
from console.ui.flash import flash_success


def create_role(
    request: HttpRequest, trust: str, permissions: dict[str, Any], form: RoleDetailsForm
) -> bool:
    """Create the role and attach its policies; tell whether it was created.

    Once the role exists it stays: flash bars say which policy could not be attached.
    """
    name = form.cleaned_data["RoleName"]
    boundary = permissions.get("boundary", "") if permissions.get("use_boundary") else ""
    optional = {
        "Description": form.cleaned_data["Description"],
        "Tags": form.cleaned_data["Tags"],
        "PermissionsBoundary": boundary,
    }
    given = {key: value for key, value in optional.items() if value}
    wanted = {"RoleName": name, "AssumeRolePolicyDocument": trust, **given}
    if not form.send(request, "iam:CreateRole", **wanted):
        return False
    attach_policies(request, ROLE, name, permissions.get("policies", ()), quiet=True)
    flash_success(request, f"Role {name} created.", ("View role", ROLE.url(name)))
    return True
