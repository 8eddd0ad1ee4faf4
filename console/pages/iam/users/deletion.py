"""Deleting users with all that belongs to them: AWS's calls in AWS's order."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.calls import CallResult, call
from console.pages.dialogs import ConfirmDialog
from console.pages.iam.entities.deletion import (
    delete_entity,
    delete_inline_policies,
    deletion_dialog,
    detach_policies,
)
from console.pages.iam.entities.user_rows import UserRow, user_rows
from console.pages.iam.entity_pages import USER
from console.pages.iam.navigation import iam_frame
from console.pages.outcomes import chosen_in, named
from console.signin.guard import console_page
from console.ui.flash import flash_error


def delete_user(request: HttpRequest, name: str) -> None:
    """Remove memberships, password, keys, MFA devices, policies, then the user; raises AwsError."""
    user = {"UserName": name}
    for group in call(request, "iam:ListGroupsForUser", **user).or_raise().rows("Groups"):
        call(request, "iam:RemoveUserFromGroup", **user, GroupName=group["GroupName"]).or_raise()
    _delete_login(request, user)
    for key in call(request, "iam:ListAccessKeys", **user).or_raise().rows("AccessKeyMetadata"):
        call(request, "iam:DeleteAccessKey", **user, AccessKeyId=key["AccessKeyId"]).or_raise()
    for public in call(request, "iam:ListSSHPublicKeys", **user).or_raise().rows("SSHPublicKeys"):
        key_id = {"SSHPublicKeyId": public["SSHPublicKeyId"]}
        call(request, "iam:DeleteSSHPublicKey", **user, **key_id).or_raise()
    certificates = call(request, "iam:ListSigningCertificates", **user).or_raise()
    for certificate in certificates.rows("Certificates"):
        certificate_id = {"CertificateId": certificate["CertificateId"]}
        call(request, "iam:DeleteSigningCertificate", **user, **certificate_id).or_raise()
    for device in call(request, "iam:ListMFADevices", **user).or_raise().rows("MFADevices"):
        serial = {"SerialNumber": device["SerialNumber"]}
        call(request, "iam:DeactivateMFADevice", **user, **serial).or_raise()
        call(request, "iam:DeleteVirtualMFADevice", **serial).or_raise()
    delete_inline_policies(request, USER, name)
    detach_policies(request, USER, name)
    call(request, "iam:DeleteUser", **user).or_raise()


def _delete_login(request: HttpRequest, user: dict[str, str]) -> None:
    result = call(request, "iam:DeleteLoginProfile", **user)
    if result.code != "NoSuchEntity":
        result.or_raise()


def _note(row: UserRow) -> str:
    parts = [f"Last activity: {row.activity or 'None'}"]
    if any(key.active for key in row.keys or ()):
        parts.append("has an active access key")
    return ", ".join(parts)


def _rows(request: HttpRequest, names: list[str]) -> list[UserRow]:
    results: list[CallResult] = [call(request, "iam:GetUser", UserName=name) for name in names]
    return user_rows(request, [one.output["User"] for one in results if not one.error])


def _dialog(names: list[str], rows: list[UserRow]) -> ConfirmDialog:
    notes = {row.name: _note(row) for row in rows}
    active = [row.name for row in rows if any(key.active for key in row.keys or ())]
    warning = ""
    if active:
        warning = (
            f"{named(active)} cannot be deleted while an access key is active. "
            "Deactivate the access keys first."
        )
    return deletion_dialog(
        USER,
        names,
        "Delete the user permanently, with its group memberships, console password, "
        "access keys, SSH public keys, signing certificates, MFA devices, inline policies and "
        "tags. This action cannot be undone.",
        action="Delete user" if len(names) == 1 else "Delete users",
        items=tuple((name, notes.get(name, "")) for name in names),
        warning=warning,
    )


@require_http_methods(["GET", "POST"])
@console_page
def user_delete(request: HttpRequest) -> HttpResponse:
    """Ask for the name, then delete the chosen users."""
    names = chosen_in(request)
    if not names:
        return redirect("users")
    rows = _rows(request, names)
    dialog = _dialog(names, rows)
    if not dialog.confirmed(request):
        trail = [("Users", reverse("users")), ("Delete", "")]
        return dialog.show(request, iam_frame(request, "users", trail))
    active = {row.name for row in rows if any(key.active for key in row.keys or ())}
    for name in names:
        if name in active:
            message = f"User {name} was not deleted: deactivate its access keys first."
            credentials = f"{USER.url(name)}?tab=credentials"
            flash_error(request, message, ("Security credentials", credentials))
        else:
            delete_entity(request, USER, name, delete_user)
    return redirect("users")
