"""*Assign MFA device*: a name, then two codes of the authenticator app."""

import base64
import json
import re
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from console.pages.calls import call
from console.pages.forms import AwsForm
from console.pages.iam.navigation import iam_frame
from console.pages.iam.refusals import refused_page
from console.pages.iam.sealed_text import opened, sealed
from console.pages.iam.users.credential_holders import Holder, holders_page
from console.ui.flash import flash_success
from console.ui.wizard import WizardFrame, WizardStep

_KEPT = "mfa_wizard"
_CODE = re.compile(r"[0-9]{6}", re.ASCII)
_DIGITS = {"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false", "maxlength": "7"}
ASSIGNED = (
    "MFA device assigned. You can register up to 8 MFA devices of any combination of the currently "
    "supported MFA types with your account."
)


class DeviceForm(AwsForm):
    """Step 1; the console accepts fewer names than the API."""

    VirtualMFADeviceName = forms.RegexField(
        r"^[\w+=,.@-]+$",
        label="Device name",
        max_length=128,
        error_messages={
            "required": "Enter a name for the device.",
            "invalid": "Use alphanumeric and '+ = , . @ - _' characters.",
        },
    )


def _code(label: str) -> forms.CharField:
    missing = {"required": f"Enter {label}."}
    return forms.CharField(
        label=label, widget=forms.TextInput(attrs=_DIGITS), error_messages=missing
    )


class CodesForm(AwsForm):
    """Two consecutive codes of an app; spaces in a code are ignored, as some apps show one."""

    AuthenticationCode1 = _code("MFA code 1")
    AuthenticationCode2 = _code("MFA code 2")

    def _digits(self, name: str) -> str:
        code = "".join(str(self.cleaned_data[name]).split())
        if not _CODE.fullmatch(code):
            raise forms.ValidationError("An MFA code has six digits.")
        return code

    def clean_AuthenticationCode1(self) -> str:  # noqa: N802
        return self._digits("AuthenticationCode1")

    def clean_AuthenticationCode2(self) -> str:  # noqa: N802
        return self._digits("AuthenticationCode2")


def _kept(request: HttpRequest, holder: Holder) -> dict[str, str]:
    """Return the device that waits for its codes, if it belongs to this holder."""
    text = opened(request.session.get(_KEPT, ""))
    kept: dict[str, str] = json.loads(text) if text else {}
    return kept if kept.get("holder") == f"{holder.name}/{holder.own}" else {}


def _make(request: HttpRequest, holder: Holder, form: DeviceForm) -> bool:
    """Create the device, delete an earlier unfinished one, and keep the data for the app."""
    name = form.cleaned_data["VirtualMFADeviceName"]
    kept = _kept(request, holder)
    if kept.get("name") == name:
        return True
    _give_up(request, kept)
    made = form.send(request, "iam:CreateVirtualMFADevice", VirtualMFADeviceName=name)
    if made.error:
        return False
    device = made.output["VirtualMFADevice"]
    waiting = {
        "holder": f"{holder.name}/{holder.own}",
        "name": name,
        "serial": device["SerialNumber"],
        "seed": device["Base32StringSeed"].decode(),
        "image": base64.b64encode(device["QRCodePNG"]).decode(),
    }
    request.session[_KEPT] = sealed(json.dumps(waiting))
    return True


def _give_up(request: HttpRequest, kept: dict[str, str]) -> None:
    """Delete a device that was never assigned."""
    request.session.pop(_KEPT, None)
    if kept:
        call(request, "iam:DeleteVirtualMFADevice", SerialNumber=kept["serial"])


def _page(request: HttpRequest, holder: Holder, slug: str, **context: Any) -> HttpResponse:
    steps = [
        WizardStep("device", "Select MFA device", request.path),
        WizardStep("app", "Set up device", f"{request.path}?step=app"),
    ]
    wizard = WizardFrame(steps, slug, holder.back, "Add MFA", label="Assign MFA device")
    frame = iam_frame(request, holder.current, holder.trail("Assign MFA device"))
    page = {**frame, "frame": wizard, "holder": holder, "back": holder.back, **context}
    return render(request, f"iam/users/mfa_{slug}.html", page)


@require_http_methods(["GET", "POST"])
@holders_page
def mfa_assign(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Show and take the two steps; *Cancel* deletes the device that was created."""
    listed = call(request, "iam:ListMFADevices", **holder.params)
    if listed.error and not listed.denied:
        return refused_page(request, listed, "users")
    kept = _kept(request, holder)
    if request.method == "POST" and "cancel" in request.POST:
        _give_up(request, kept)
        return redirect(holder.back)
    if request.GET.get("step") == "app":
        return _app_step(request, holder, kept) if kept else redirect(request.path)
    initial = {"VirtualMFADeviceName": kept.get("name", "")}
    form = DeviceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _make(request, holder, form):
        return redirect(f"{request.path}?step=app")
    return _page(request, holder, "device", form=form)


def _app_step(request: HttpRequest, holder: Holder, kept: dict[str, str]) -> HttpResponse:
    form = CodesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        params = {**holder.mfa_params, "SerialNumber": kept["serial"], **form.cleaned_data}
        if not form.send(request, "iam:EnableMFADevice", **params).error:
            del request.session[_KEPT]
            flash_success(request, ASSIGNED)
            return redirect(holder.back)
    return _page(request, holder, "app", form=form, kept=kept)
