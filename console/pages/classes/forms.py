"""What joining a class asks for."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from console.labs.new_students import checked_name, suggest_password

_TAKEN = "Somebody has this name already. Choose another one."


class JoinCodeForm(forms.Form):
    """A join code, as it is typed."""

    code = forms.CharField(
        label="Join code",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": "Enter the code that your teacher shows."},
    )


class NewStudentForm(forms.ModelForm[User]):
    """The name and the password of a new student; without a password one is made.

    After `save`, `made_password` is the one that was made, to be shown once.
    """

    password = forms.CharField(
        label="Password",
        required=False,
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    made_password = ""

    class Meta:
        model = User
        fields = ("username",)
        labels = {"username": "Your name here"}
        help_texts = {"username": "A pseudonym is fine. You log in with it."}

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
            self.add_error("username", _TAKEN)
            return None
