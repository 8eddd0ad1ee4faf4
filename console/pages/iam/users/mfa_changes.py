"""Removing MFA devices, and resynchronizing them."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from console.pages.calls import CallResult, call
from console.pages.dialogs import ConfirmDialog
from console.pages.forms import sent
from console.pages.iam.navigation import iam_frame
from console.pages.iam.users.credential_holders import Holder, holders_page
from console.pages.iam.users.mfa_wizard import CodesForm
from console.pages.outcomes import flash_refused
from console.ui.flash import flash_success


def _serial(request: HttpRequest) -> str:
    data = sent(request)
    return data.get("selected", "")


def _remove(request: HttpRequest, holder: Holder, serial: str) -> CallResult:
    """Deactivate the device, then delete it, as the console does; the deletion may fail."""
    taken = call(request, "iam:DeactivateMFADevice", **holder.params, SerialNumber=serial)
    if not taken.error:
        deleted = call(request, "iam:DeleteVirtualMFADevice", SerialNumber=serial)
        if deleted.error:
            flash_refused(request, deleted, "The device was deactivated but not deleted")
    return taken


@require_http_methods(["GET", "POST"])
@holders_page
def mfa_remove(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Ask for confirmation, then remove a device."""
    serial = _serial(request)
    if not serial:
        return redirect(holder.back)
    dialog = ConfirmDialog(
        "Remove MFA device?",
        (
            "The device is deactivated and deleted. Sign-in no longer asks for its codes, and its "
            "entry in the authenticator app becomes useless.",
        ),
        "Remove",
        holder.back,
        hidden=(("selected", serial),),
        items=((serial, holder.label),),
    )
    frame = iam_frame(request, holder.current, holder.trail("Remove"))
    remove = partial(_remove, request, holder, serial)
    return dialog.carry_out(request, frame, remove, "MFA device removed.")


@require_http_methods(["GET", "POST"])
@holders_page
def mfa_resync(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Resynchronize a device by two consecutive codes."""
    serial = _serial(request)
    if not serial:
        return redirect(holder.back)
    form = CodesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        params = {**holder.mfa_params, "SerialNumber": serial, **form.cleaned_data}
        if not form.send(request, "iam:ResyncMFADevice", **params).error:
            flash_success(request, "MFA device resynced.")
            return redirect(holder.back)
    frame = iam_frame(request, holder.current, holder.trail("Resync"))
    context = {**frame, "form": form, "serial": serial, "back": holder.back}
    return render(request, "iam/users/mfa_resync.html", context)
