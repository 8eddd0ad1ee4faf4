"""The forms of signing in and switching roles."""

import re
from typing import Any

from django import forms
from django.http import QueryDict

from console.signin.colors import COLORS
from iam.arns import parse_iam_arn
from sts.sign_in import FoundAccount, UnknownAccount, as_account_id, find_account

_ROLE = re.compile(r"[\w+=,.@/-]{1,64}", re.ASCII)


class AccountField(forms.CharField):
    """A field for an account by ID or alias; cleans to the account."""

    def clean(self, value: Any) -> FoundAccount:
        """Return the account; raises ValidationError if there is none."""
        typed = super().clean(value)
        try:
            return find_account(typed)
        except UnknownAccount as error:
            raise forms.ValidationError(str(error)) from error


class UserSignInForm(forms.Form):
    """*IAM user sign in*."""

    account = AccountField(label="Account ID or alias", max_length=63)
    remember = forms.BooleanField(label="Remember this account", required=False)
    username = forms.CharField(label="IAM username", max_length=64)
    password = forms.CharField(
        label="Password", max_length=128, strip=False, widget=forms.PasswordInput
    )


class RootSignInForm(forms.Form):
    """*Root user sign in*; the account is needed only if the email address is not unique."""

    email = forms.CharField(label="Root user email address", max_length=254)
    account = forms.CharField(label="Account ID", max_length=15, required=False)
    password = forms.CharField(
        label="Password", max_length=128, strip=False, widget=forms.PasswordInput
    )

    def clean_account(self) -> str:
        """Return the account ID, or nothing if nothing was typed."""
        typed: str = self.cleaned_data["account"]
        digits = as_account_id(typed)
        if typed and digits is None:
            raise forms.ValidationError("Account ID is a 12-digit number.")
        return digits or ""


class SwitchRoleForm(forms.Form):
    """*Switch Role*."""

    account = forms.CharField(
        label="Account ID",
        max_length=63,
        error_messages={"required": "Enter an account ID or alias."},
    )
    roleName = forms.CharField(  # noqa: N815 - the name in AWS's switch-role links
        label="IAM role name",
        max_length=64,
        error_messages={
            "required": "Enter the name of the role.",
            "max_length": "Path and name together have up to 64 characters.",
        },
    )
    displayName = forms.CharField(  # noqa: N815
        label="Display name", max_length=64, required=False
    )
    color = forms.ChoiceField(
        label="Display color",
        choices=[(color.name, color.label) for color in COLORS],
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        """Take a role's ARN in the place of its name, and of the account if that is empty."""
        found = parse_iam_arn(data.get("roleName", "").strip(), "role") if data else None
        if data and found:
            data = data.copy()
            data["roleName"] = found.id
            data["account"] = data.get("account", "").strip() or found.account
        super().__init__(data, **options)

    def clean_account(self) -> str:
        """Return the account ID without dashes and spaces, or the alias as typed."""
        typed: str = self.cleaned_data["account"]
        digits = as_account_id(typed)
        if digits is None and re.fullmatch(r"[\d\s-]+", typed):
            raise forms.ValidationError("Account ID is a 12-digit number.")
        return digits or typed.strip()

    def clean_roleName(self) -> str:  # noqa: N802
        """Return the role's name, with its path if it has one."""
        name: str = self.cleaned_data["roleName"].lstrip("/")
        if not _ROLE.fullmatch(name):
            message = "Use alphanumeric and '+=,.@-_' characters, and '/' in a path."
            raise forms.ValidationError(message)
        return name
