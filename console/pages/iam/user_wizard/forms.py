"""The forms of *Create user*."""

from typing import Any

from django import forms

from console.pages.forms import AS_TYPED, AwsForm
from console.pages.iam.users.passwords import CHOICES, password_field, weakness
from console.ui.tags import TagsField
from iam.wire.errors import AwsError
from iam.wire.validation import validate


class DetailsForm(AwsForm):
    """Step 1: the name, and whether the user signs in to the console."""

    by_default = True

    UserName = forms.CharField(
        label="User name",
        required=False,
        widget=forms.TextInput(attrs=AS_TYPED),
    )
    console = forms.BooleanField(
        required=False, label="Provide user access to the AWS Management Console - optional"
    )
    source = forms.ChoiceField(
        label="Console password",
        required=False,
        choices=CHOICES,
        initial="auto",
        widget=forms.RadioSelect,
    )
    Password = password_field()
    PasswordResetRequired = forms.BooleanField(
        required=False,
        initial=True,
        label="Users must create a new password at next sign-in (recommended)",
    )

    def clean_UserName(self) -> str:  # noqa: N802
        """Return the name if AWS's model accepts it; AWS's sentence is the error."""
        name = str(self.cleaned_data["UserName"])
        try:
            validate("iam:CreateUser", {"UserName": name})
        except AwsError as error:
            raise forms.ValidationError(error.message) from error
        return name

    def clean(self) -> dict[str, Any]:
        """Refuse a password that AWS would refuse after the user is created."""
        data = self.cleaned_data
        if data.get("console") and data.get("source") == "custom":
            refusal = weakness(data.get("Password", ""))
            if refusal and self.by_default:
                self.add_error("Password", refusal)
        return data


class UserReviewForm(AwsForm):
    """Step 3: tags; errors about the name are shown over the form, beside *Edit*."""

    Tags = TagsField()
