"""The accounts outside of a sandbox that its policies may name; its owner adds them."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from console.labs.sandboxes import add_outside_account
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.flash import flash_success
from iam.arns import is_account_id


class OutsideAccountForm(forms.Form):
    """A known account: its ID and whose it is."""

    account_id = forms.CharField(label="Account ID", max_length=12)
    name = forms.CharField(label="Whose it is", max_length=128)

    def clean_account_id(self) -> str:
        typed: str = self.cleaned_data["account_id"]
        if not is_account_id(typed):
            raise forms.ValidationError("Type 12 digits.")
        return typed


@require_http_methods(["GET", "POST"])
@console_page
def sandbox_accounts(request: HttpRequest) -> HttpResponse:
    """Show the known outside accounts; the sandbox's owner adds one, but for a lab's world."""
    console = console_of(request)
    may_add = console.may_run and not console.sandbox.lab
    form = OutsideAccountForm(initial={"account_id": request.GET.get("account", "")[:12]})
    if request.method == "POST" and may_add:
        form = OutsideAccountForm(request.POST)
        if form.is_valid():
            account_id, name = (form.cleaned_data[field] for field in ("account_id", "name"))
            error = add_outside_account(console.sandbox, account_id, name)
            if not error:
                flash_success(request, f"Policies may name account {account_id} now.")
                return redirect(request.path)
            form.add_error("account_id", error)
    context = {
        "accounts": sorted(console.sandbox.outside_accounts.items()),
        "may_add": may_add,
        "form": form,
    }
    status = 403 if request.method == "POST" and not may_add else 400 if form.errors else 200
    return render(request, "site/outside_accounts.html", context, status=status)
