"""What joining a class asks for."""

from django import forms


class JoinCodeForm(forms.Form):
    """A join code, as it is typed."""

    code = forms.CharField(
        label="Join code",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": "Enter the code that your teacher shows."},
    )
