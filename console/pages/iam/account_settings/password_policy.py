"""The password policy: its section, and its form with the console's confirmation."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.calls import CallResult, call
from console.pages.forms import AwsForm
from console.pages.iam.navigation import iam_frame
from console.pages.iam.users.passwords import RULES, policy_rules
from console.signin.guard import console_page
from console.ui.flash import flash_success

_CHOICES = (("default", "IAM default"), ("custom", "Custom"))


def _checkbox(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


def _number(label: str, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most)


class PasswordPolicyForm(AwsForm):
    """*Edit password policy*."""

    policy = forms.ChoiceField(
        label="Password policy", choices=_CHOICES, initial="default", widget=forms.RadioSelect
    )
    MinimumPasswordLength = _number("Password minimum length", 6, 128)
    RequireUppercaseCharacters = _checkbox(
        "Require at least one uppercase letter from the Latin alphabet (A-Z)"
    )
    RequireLowercaseCharacters = _checkbox(
        "Require at least one lowercase letter from the Latin alphabet (a-z)"
    )
    RequireNumbers = _checkbox("Require at least one number")
    RequireSymbols = _checkbox(
        "Require at least one nonalphanumeric character (! @ # $ % ^ & * ( ) _ + - = [ ] { } | ')"
    )
    expires = _checkbox("Turn on password expiration")
    MaxPasswordAge = _number("Expire passwords after this many days", 1, 1095)
    HardExpiry = _checkbox("Password expiration requires administrator reset")
    AllowUsersToChangePassword = _checkbox("Allow users to change their own password")
    remembers = _checkbox("Prevent password reuse")
    PasswordReusePrevention = _number("Remember this many passwords", 1, 24)

    def clean(self) -> None:
        """Require the number of each option that is ticked."""
        typed = self.cleaned_data
        if typed.get("policy") != "custom":
            return
        for ticked, name in (
            ("policy", "MinimumPasswordLength"),
            ("expires", "MaxPasswordAge"),
            ("remembers", "PasswordReusePrevention"),
        ):
            if typed.get(ticked) and typed.get(name) is None and name not in self.errors:
                self.add_error(name, forms.ValidationError("Enter a number."))

    def params(self) -> dict[str, Any]:
        """Return the request of UpdateAccountPasswordPolicy."""
        typed = self.cleaned_data
        left_out = {"policy", "expires", "remembers"}
        left_out |= set() if typed["expires"] else {"MaxPasswordAge", "HardExpiry"}
        left_out |= set() if typed["remembers"] else {"PasswordReusePrevention"}
        return {name: typed[name] for name in typed if name not in left_out}

    def save(self, request: HttpRequest, *, has_own: bool) -> bool:
        """Make the call; returning to the default needs none if it is in effect already."""
        if self.cleaned_data["policy"] == "custom":
            return not self.send(request, "iam:UpdateAccountPasswordPolicy", **self.params()).error
        return not (has_own and self.send(request, "iam:DeleteAccountPasswordPolicy").error)


def _present(request: HttpRequest) -> tuple[Mapping[str, Any], CallResult]:
    """Return the account's own policy (empty: AWS's default), and the refused call if any."""
    result = call(request, "iam:GetAccountPasswordPolicy")
    return result.output.get("PasswordPolicy", {}), result.without("NoSuchEntity")


def _others(policy: Mapping[str, Any]) -> list[str]:
    days, kept = policy.get("MaxPasswordAge"), policy.get("PasswordReusePrevention")
    reset = "; then an administrator must reset it" if policy.get("HardExpiry") else ""
    rules = [f"Password expires in {days} day(s){reset}" if days else "Never expire password"]
    if policy.get("AllowUsersToChangePassword"):
        rules.append("Allow users to change their own password")
    if kept:
        rules.append(f"Remember last {kept} password(s) and prevent reuse")
    return rules


def password_policy_section(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the section: the rules in words."""
    policy, result = _present(request)
    rules = policy_rules(policy) if policy else list(RULES)
    own = "Must not be identical to your AWS account name or email address"
    return {
        "policy_refused": result,
        "policy_custom": bool(policy),
        "policy_rules": rules if policy else [*rules, own],
        "policy_others": _others(policy),
    }


def _initial(policy: Mapping[str, Any]) -> dict[str, Any]:
    if not policy:
        return {"policy": "default", "MinimumPasswordLength": 8, "AllowUsersToChangePassword": True}
    ticked = {
        "expires": "MaxPasswordAge" in policy,
        "remembers": "PasswordReusePrevention" in policy,
    }
    return {"policy": "custom", **policy, **ticked}


@require_http_methods(["GET", "POST"])
@console_page
def password_policy_edit(request: HttpRequest) -> HttpResponse:
    """Choose AWS's default or a custom policy; it is saved after confirmation."""
    policy, result = _present(request)
    form = PasswordPolicyForm(request.POST or None, initial=_initial(policy))
    asked = ""
    if request.method == "POST" and form.is_valid():
        if "confirmed" in request.POST and form.save(request, has_own=bool(policy)):
            flash_success(request, "Password policy updated.")
            return redirect("account_settings")
        asked = "" if "confirmed" in request.POST else form.cleaned_data["policy"]
    back = reverse("account_settings")
    trail = [("Account settings", back), ("Edit password policy", "")]
    context = {"form": form, "asked": asked, "back": back, "result": result}
    frame = iam_frame(request, "account_settings", trail)
    return render(request, "iam/account_settings/password_policy_edit.html", {**frame, **context})
