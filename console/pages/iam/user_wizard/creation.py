"""The wizard's calls: CreateUser, CreateLoginProfile, then the permissions, a call each."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from console.pages.calls import call
from console.pages.iam.attach.grants import attach_policies, grant
from console.pages.iam.entity_pages import USER
from console.pages.iam.user_wizard.draft import UserDraft
from console.pages.iam.user_wizard.forms import UserReviewForm
from console.pages.iam.users.passwords import new_password, own_policy
from console.pages.outcomes import flash_refused
from console.ui.flash import flash_success
from iam.arns import aws_policy_arn

OWN_PASSWORD_POLICY = aws_policy_arn("IAMUserChangePassword")


def _login(request: HttpRequest, details: dict[str, Any]) -> str:
    """Create the user's password and return it; empty if that was refused."""
    name = details["UserName"]
    password = (
        details["Password"] if details["source"] == "custom" else new_password(own_policy(request))
    )
    must_change = bool(details["PasswordResetRequired"])
    result = call(
        request,
        "iam:CreateLoginProfile",
        UserName=name,
        Password=password,
        PasswordResetRequired=must_change,
    )
    if result.error:
        flash_refused(request, result, f"User {name} has no console access")
        return ""
    if must_change:
        attach_policies(request, USER, name, [OWN_PASSWORD_POLICY], quiet=True)
    return str(password)


def create_user(request: HttpRequest, draft: UserDraft, form: UserReviewForm) -> str | None:
    """Create the user; return its password (empty without console access), None if refused.

    Once the user exists it stays: flash bars say what else could not be done.
    """
    details = draft.details
    name = details["UserName"]
    optional = {"Tags": form.cleaned_data["Tags"], "PermissionsBoundary": draft.boundary}
    params = {key: value for key, value in optional.items() if value}
    if form.send(request, "iam:CreateUser", UserName=name, **params).error:
        return None
    password = _login(request, details) if details["console"] else ""
    grant(request, name, draft.chosen, quiet=True)
    view = ("View user", reverse("user", args=[name]))
    flash_success(request, "User created successfully", view)
    return password
