"""Deleting users: what hangs on them first, by AWS's calls in AWS's order."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.iam.entities.deletion import delete_entity
from console.pages.iam.entities.dialogs import ConfirmDialog
from console.pages.iam.entities.entity_pages import USER
from console.pages.iam.entities.outcomes import MOST_AT_ONCE, chosen_of, named
from console.pages.iam.entities.user_rows import UserRow, user_rows
from console.pages.iam.navigation import iam_frame
from console.pages.iam.requests import Answered, ask
from console.signin.guard import console_page
from console.ui.flash import flash_error
from iam.callers import Caller
from iam.perform import perform
from iam.wire.errors import AwsError


def delete_user(caller: Caller, name: str) -> None:
    """Remove memberships, password, keys, MFA devices, policies, then the user; raises AwsError."""
    user = {"UserName": name}
    for group in perform(caller, "iam:ListGroupsForUser", user)["Groups"]:
        perform(caller, "iam:RemoveUserFromGroup", {**user, "GroupName": group["GroupName"]})
    _delete_login(caller, user)
    for key in perform(caller, "iam:ListAccessKeys", user)["AccessKeyMetadata"]:
        perform(caller, "iam:DeleteAccessKey", {**user, "AccessKeyId": key["AccessKeyId"]})
    for public in perform(caller, "iam:ListSSHPublicKeys", user)["SSHPublicKeys"]:
        key_id = {"SSHPublicKeyId": public["SSHPublicKeyId"]}
        perform(caller, "iam:DeleteSSHPublicKey", {**user, **key_id})
    for certificate in perform(caller, "iam:ListSigningCertificates", user)["Certificates"]:
        certificate_id = {"CertificateId": certificate["CertificateId"]}
        perform(caller, "iam:DeleteSigningCertificate", {**user, **certificate_id})
    for device in perform(caller, "iam:ListMFADevices", user)["MFADevices"]:
        serial = {"SerialNumber": device["SerialNumber"]}
        perform(caller, "iam:DeactivateMFADevice", {**user, **serial})
        perform(caller, "iam:DeleteVirtualMFADevice", serial)
    for policy in perform(caller, "iam:ListUserPolicies", user)["PolicyNames"]:
        perform(caller, "iam:DeleteUserPolicy", {**user, "PolicyName": policy})
    for attached in perform(caller, "iam:ListAttachedUserPolicies", user)["AttachedPolicies"]:
        perform(caller, "iam:DetachUserPolicy", {**user, "PolicyArn": attached["PolicyArn"]})
    perform(caller, "iam:DeleteUser", user)


def _delete_login(caller: Caller, user: dict[str, str]) -> None:
    try:
        perform(caller, "iam:DeleteLoginProfile", user)
    except AwsError as error:
        if error.code != "NoSuchEntity":
            raise


def _note(row: UserRow) -> str:
    parts = [f"Last activity: {row.activity or 'None'}"]
    if any(key.active for key in row.keys or ()):
        parts.append("has an active access key")
    return ", ".join(parts)


def _rows(request: HttpRequest, names: list[str]) -> list[UserRow]:
    answers: list[Answered] = [ask(request, "iam:GetUser", UserName=name) for name in names]
    return user_rows(request, [one.result["User"] for one in answers if not one.denied])


def _dialog(names: list[str], rows: list[UserRow]) -> ConfirmDialog:
    notes = {row.name: _note(row) for row in rows}
    active = [row.name for row in rows if any(key.active for key in row.keys or ())]
    warning = ""
    if active:
        warning = (
            f"{named(active)} cannot be deleted while an access key is active. "
            "Deactivate the access keys first."
        )
    one = len(names) == 1
    return ConfirmDialog(
        f"Delete {names[0]}?" if one else f"Delete {len(names)} users?",
        (
            "Delete the user permanently, with its group memberships, console password, "
            "access keys, SSH public keys, signing certificates, MFA devices, inline policies and "
            "tags. This action cannot be undone.",
        ),
        "Delete user" if one else "Delete users",
        reverse("users"),
        expected=names[0] if one else f"{len(names)} users",
        hidden=tuple(("selected", name) for name in names),
        items=tuple((name, notes.get(name, "")) for name in names),
        warning=warning,
    )


@require_http_methods(["GET", "POST"])
@console_page
def user_delete(request: HttpRequest) -> HttpResponse:
    """Ask for the name, then delete the chosen users."""
    data = request.POST if request.method == "POST" else request.GET
    names = chosen_of(data.getlist("selected"))[:MOST_AT_ONCE]
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
            flash_error(request, message, ("Security credentials", _credentials(name)))
        else:
            delete_entity(request, USER, name, delete_user)
    return redirect("users")


def _credentials(name: str) -> str:
    return f"{reverse('user', args=[name])}?tab=credentials"
