"""The forms of the provider's administrator."""

from typing import Any

from django import forms

from console.ui.tags import TagsField
from iam.wire.tags import tags_of
from sts.built_in import Entry, PersonError


def _needed(label: str, missing: str, longest: int, **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        error_messages={"required": missing},
        widget=forms.TextInput(attrs=attrs),
    )


class PersonForm(forms.Form):
    """A person in the directory."""

    name = _needed("User name", "Enter a user name.", 64)
    full_name = forms.CharField(label="Full name", max_length=128, required=False)
    email = _needed("Email", "Enter an email address.", 254)
    groups = forms.CharField(
        label="Groups", max_length=1000, required=False, help_text="Separate them with commas."
    )
    password = forms.CharField(
        label="Password", max_length=128, strip=False, required=False, widget=forms.PasswordInput
    )
    tags = TagsField(label="Attributes for session tags", none="No attributes.")

    def entry(self) -> Entry:
        typed: dict[str, Any] = self.cleaned_data
        groups = [one.strip() for one in typed["groups"].split(",") if one.strip()]
        return Entry(
            name=typed["name"],
            email=typed["email"],
            full_name=typed["full_name"],
            groups=groups,
            tags=tags_of(typed["tags"]),
            password=typed["password"],
        )


class OfferForm(forms.Form):
    """A role for a group."""

    group = _needed("Group", "Enter a group.", 64, list="groups", autocomplete="off")
    role_arn = _needed("Role ARN", "Enter the ARN of the role.", 2048)
    provider_arn = _needed("SAML provider ARN", "Enter the ARN of the SAML provider.", 2048)
    seconds = forms.IntegerField(
        label="Session duration", initial=3600, help_text="Seconds: 900 to 43,200."
    )


def blame(form: forms.Form, wrong: PersonError) -> None:
    form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong))
