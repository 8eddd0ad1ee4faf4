"""The wizard's calls: CreateRole, AttachRolePolicy for each policy, EC2's instance profile."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from console.pages.calls import call
from console.pages.iam.attach.grants import attach_policies
from console.pages.iam.entity_pages import ROLE
from console.pages.iam.role_wizard.forms import RoleDetailsForm
from console.pages.outcomes import flash_refused
from console.ui.flash import flash_success
from iam.catalogue.role_use_cases import use_case_named

_EC2 = "ec2.amazonaws.com"


def create_role(
    request: HttpRequest,
    trust: Mapping[str, Any],
    permissions: dict[str, Any],
    form: RoleDetailsForm,
) -> bool:
    """Create the role and attach its policies; return whether it was created.

    Once the role exists it stays: flash bars say which policy could not be attached.
    """
    name = form.cleaned_data["RoleName"]
    optional = {
        "Description": form.cleaned_data["Description"],
        "Tags": form.cleaned_data["Tags"],
        "PermissionsBoundary": permissions.get("boundary", ""),
    }
    given = {key: value for key, value in optional.items() if value}
    wanted = {"RoleName": name, "AssumeRolePolicyDocument": trust["text"], **given}
    if form.send(request, "iam:CreateRole", **wanted).error:
        return False
    attach_policies(request, ROLE, name, permissions.get("policies", ()), quiet=True)
    if trust.get("entity") == "service" and use_case_named(trust["use_case"]).principal == _EC2:
        _create_instance_profile(request, name)
    flash_success(request, f"Role {name} created.", ("View role", ROLE.url(name)))
    return True


def _create_instance_profile(request: HttpRequest, name: str) -> None:
    """Make the instance profile that EC2 needs, of the role's own name, as AWS's console does."""
    profile = {"InstanceProfileName": name}
    result = call(request, "iam:CreateInstanceProfile", **profile)
    if result.error is None:
        result = call(request, "iam:AddRoleToInstanceProfile", **profile, RoleName=name)
    if result.error:
        flash_refused(request, result, f"The role {name} has no instance profile")
