"""*My security credentials*: the page of the signed-in user or root user."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from console.pages.calls import call
from console.pages.forms import AwsForm
from console.pages.iam.navigation import iam_frame
from console.pages.iam.users.credential_holders import Holder, holders_page
from console.pages.iam.users.credentials import credentials, root_credentials
from console.pages.iam.users.passwords import password_field, rules_of
from console.pages.iam.users.upload_views import uploads
from console.signin.console import console_of
from console.ui.flash import flash_success

_TITLE = "My security credentials"


def _credentials(request: HttpRequest, holder: Holder) -> dict[str, Any]:
    tags = call(request, "iam:ListUserTags", **holder.params).rows("Tags")
    return {**credentials(request, holder, tags), **uploads(request, holder)}


@holders_page
def security_credentials(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Show one's own password, MFA devices and access keys."""
    gather = root_credentials if holder.is_root else _credentials
    context = {**iam_frame(request, holder.current, [(_TITLE, "")]), **gather(request, holder)}
    context["person"] = console_of(request).signed_in_as
    return render(request, "iam/users/own.html", context)


class OwnPasswordForm(AwsForm):
    """*Update console password*."""

    OldPassword = password_field()
    NewPassword = password_field()
    NewPasswordAgain = password_field()

    def clean(self) -> None:
        """Refuse a missing value, and two new passwords that differ."""
        typed = self.cleaned_data
        for name in ("OldPassword", "NewPassword"):
            if not typed.get(name):
                self.add_error(name, forms.ValidationError("Enter the password."))
        if typed.get("NewPassword") != typed.get("NewPasswordAgain"):
            self.add_error("NewPasswordAgain", forms.ValidationError("The passwords do not match."))


@require_http_methods(["GET", "POST"])
@holders_page
def own_password(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Change one's own console password."""
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("OldPassword", "NewPassword")}
        if not form.send(request, "iam:ChangePassword", **given).error:
            flash_success(request, "Console password updated.")
            return redirect(holder.back)
    frame = iam_frame(request, holder.current, holder.trail("Update console password"))
    context = {**frame, "form": form, "rules": rules_of(request), "back": holder.back}
    return render(request, "iam/users/own_password.html", context)
