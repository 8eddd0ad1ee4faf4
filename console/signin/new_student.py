"""The form of a new login: for joining a class, signing up, and a guest who keeps the work."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict

from console.labs.new_students import LONGEST_NAME, TAKEN, checked_name, suggest_password
from console.signin.shared_computers import SharedComputerForm


class NewStudentForm(SharedComputerForm, forms.ModelForm[User]):
    """The name and the password of a new student; without a password one is made.

    After `saved`, `made_password` is the one that was made, to be shown once.
    """

    username = forms.CharField(
        label="Username",
        help_text="You log in with it. A pseudonym is fine.",
        error_messages={"required": "Enter a name."},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "maxlength": LONGEST_NAME,
            }
        ),
    )
    password = forms.CharField(
        label="Password",
        required=False,
        strip=False,
        max_length=128,
        help_text="Leave it empty to get one that you can write down.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    field_order = ("username", "password", "shared")
    made_password = ""

    def __init__(self, data: QueryDict | None, guest: User | None = None) -> None:
        """Change a copy of the guest: a refused name must not be theirs in this request."""
        super().__init__(data, instance=User.objects.get(pk=guest.pk) if guest else None)
        if guest and data is None:
            self.initial["username"] = ""

    class Meta:
        model = User
        fields = ("username",)

    def clean_username(self) -> str:
        """Return the name; raises ValidationError if nobody new can have it."""
        try:
            return checked_name(self.cleaned_data["username"])
        except ValidationError as error:
            raise ValidationError(error.message_dict["name"]) from None

    def clean(self) -> dict[str, Any]:
        """Check a password that was typed."""
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            user = User(username=cleaned.get("username", ""))
            try:
                validate_password(password, user)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned

    def saved(self) -> User | None:
        """Store the student; None with an error in the form if the name is taken meanwhile."""
        password = self.cleaned_data["password"]
        if not password:
            password = self.made_password = suggest_password()
        self.instance.set_password(password)
        try:
            with transaction.atomic():
                return self.save()
        except IntegrityError:
            self.add_error("username", TAKEN)
            return None
