"""Console access of a user: enabling, a new password, disabling."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.calls import call
from console.pages.dialogs import ConfirmDialog
from console.pages.forms import AwsForm
from console.pages.iam.dashboard.views import sign_in_url
from console.pages.iam.entity_pages import USER
from console.pages.iam.navigation import iam_frame
from console.pages.iam.refusals import refused_page
from console.pages.iam.users.passwords import (
    CHOICES,
    csv_url,
    new_password,
    own_policy,
    password_field,
    rules_of,
)
from console.signin.console import console_of
from console.signin.guard import console_page


class PasswordForm(AwsForm):
    """*Enable console access* and *Manage console access*."""

    source = forms.ChoiceField(
        label="Console password", choices=CHOICES, initial="auto", widget=forms.RadioSelect
    )
    Password = password_field()
    PasswordResetRequired = forms.BooleanField(
        required=False, label="User must create new password at next sign-in"
    )

    def password(self, policy: Mapping[str, Any]) -> str:
        custom = self.cleaned_data["source"] == "custom"
        return str(self.cleaned_data["Password"]) if custom else new_password(policy)


def credentials_url(name: str) -> str:
    return f"{USER.url(name)}?tab=credentials"


def _save(request: HttpRequest, name: str, form: PasswordForm, exists: bool) -> str:
    """Make the call; return the password, empty if it was refused."""
    password = form.password(own_policy(request))
    operation = "iam:UpdateLoginProfile" if exists else "iam:CreateLoginProfile"
    saved = form.send(
        request,
        operation,
        UserName=name,
        Password=password,
        PasswordResetRequired=form.cleaned_data["PasswordResetRequired"],
    )
    return "" if saved.error else password


@require_http_methods(["GET", "POST"])
@console_page
def user_console(request: HttpRequest, name: str) -> HttpResponse:
    """Set the user's console password, and show it once."""
    profile = call(request, "iam:GetLoginProfile", UserName=name)
    user = call(request, "iam:GetUser", UserName=name)
    if user.error and not user.denied:
        return refused_page(request, user, "users")
    exists = bool(profile.output)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = _save(request, name, form, exists)
        if password:
            return _retrieve(request, name, password, exists)
    title = "Manage console access" if exists else "Enable console access"
    context = {
        "name": name,
        "title": title,
        "exists": exists,
        "form": form,
        "rules": rules_of(request),
        "back": credentials_url(name),
        "disable_url": reverse("user_console_disable", args=[name]),
    }
    frame = iam_frame(request, "users", USER.trail(name, title))
    return render(request, "iam/users/console.html", {**frame, **context})


def retrieval(request: HttpRequest, name: str, password: str) -> dict[str, Any]:
    """Return the context for a new password, which is shown once, with a file to download."""
    url = sign_in_url(request, console_of(request).account_id)
    header = ("User name", "Password", "Console sign-in URL")
    return {
        "name": name,
        "password": password,
        "sign_in_url": url,
        "csv_url": csv_url(header, (name, password, url)),
        "csv_name": f"{name}_credentials.csv",
    }


def _retrieve(request: HttpRequest, name: str, password: str, exists: bool) -> HttpResponse:
    frame = iam_frame(request, "users", USER.trail(name, "Console password"))
    said = "Console password updated." if exists else "Console access enabled."
    context = {**frame, **retrieval(request, name, password), "said": said}
    return render(
        request, "iam/users/console_done.html", {**context, "back": credentials_url(name)}
    )


@require_http_methods(["GET", "POST"])
@console_page
def user_console_disable(request: HttpRequest, name: str) -> HttpResponse:
    """Ask for confirmation, then delete the console password."""
    dialog = ConfirmDialog(
        f"Disable console access for {name}?",
        ("The password is deleted: the user can no longer sign in to the console.",),
        "Disable access",
        credentials_url(name),
    )
    frame = iam_frame(request, "users", USER.trail(name, "Disable access"))
    disable = partial(call, request, "iam:DeleteLoginProfile", UserName=name)
    return dialog.carry_out(request, frame, disable, "Console access disabled.")
