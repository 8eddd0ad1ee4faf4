"""Creating, editing and deleting the account alias."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.calls import call
from console.pages.dialogs import ConfirmDialog
from console.pages.forms import AS_TYPED, AwsForm
from console.pages.iam.dashboard.views import sign_in_url
from console.pages.iam.navigation import iam_frame
from console.signin.guard import console_page
from console.ui.flash import flash_success


class AliasForm(AwsForm):
    """*Create alias for AWS account*."""

    AccountAlias = forms.CharField(
        label="Preferred alias",
        required=False,
        widget=forms.TextInput(attrs=AS_TYPED),
    )


def _present(request: HttpRequest) -> str:
    found = call(request, "iam:ListAccountAliases").rows("AccountAliases")
    return str(found[0]) if found else ""


@require_http_methods(["GET", "POST"])
@console_page
def account_alias(request: HttpRequest) -> HttpResponse:
    """Create or replace the alias."""
    if request.method == "POST":
        form = AliasForm(request.POST)
        if form.is_valid():
            alias = form.cleaned_data["AccountAlias"]
            if not form.send(request, "iam:CreateAccountAlias", AccountAlias=alias).error:
                flash_success(request, f"Alias {alias} created for this account.")
                return redirect("iam_dashboard")
    else:
        form = AliasForm(initial={"AccountAlias": _present(request)})
    context = {"form": form, "url_start": sign_in_url(request, ""), "here": request.path}
    template = "iam/dashboard/alias.html"
    if request.headers.get("HX-Request") and request.method == "GET":
        template += "#modal"
    frame = iam_frame(request, "iam_dashboard", [("Account alias", "")])
    return render(request, template, {**frame, **context})


@require_http_methods(["GET", "POST"])
@console_page
def account_alias_delete(request: HttpRequest) -> HttpResponse:
    """Ask for confirmation, then delete the alias."""
    alias = request.POST.get("alias", "") or _present(request)
    if not alias:
        return redirect("iam_dashboard")
    sentence = (
        f"The sign-in URL with {alias} stops working. IAM users sign in with the account ID again."
    )
    dialog = ConfirmDialog(
        f"Delete account alias {alias}?",
        (sentence,),
        "Delete",
        reverse("iam_dashboard"),
        hidden=(("alias", alias),),
    )
    frame = iam_frame(request, "iam_dashboard", [("Account alias", "")])
    delete = partial(call, request, "iam:DeleteAccountAlias", AccountAlias=alias)
    return dialog.carry_out(request, frame, delete, f"Alias {alias} deleted for this account.")
