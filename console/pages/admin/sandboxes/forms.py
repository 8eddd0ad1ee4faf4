"""What an administrator fills in about sandboxes."""

from typing import Any

from django import forms
from django.contrib.auth.models import User

from console.signin.site_backend import named

_AS_TYPED = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class OwnerField(forms.CharField):
    """A login that there is, whatever its case of letters."""

    widget = forms.TextInput(attrs=_AS_TYPED)

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": "Owner's login", "max_length": 150, **options})

    def clean(self, value: Any) -> User:
        """Return the site user; raises ValidationError."""
        user = named(super().clean(value))
        if user is None:
            message = "Nobody has this login."
            raise forms.ValidationError(message)
        return user


class OwnerForm(forms.Form):
    """Who owns a sandbox from now on."""

    owner = OwnerField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "assign_%s"} | options)


class CopyForm(forms.Form):
    """The owner and the name of a copy."""

    owner = OwnerField()
    name = forms.CharField(label="Name", max_length=120)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "copy_%s"} | options)


class SandboxForm(forms.Form):
    """A sandbox's name, and who may sign in."""

    name = forms.CharField(label="Name", max_length=120)
    public = forms.BooleanField(label="Public: anybody may sign in", required=False)


class NewSandboxForm(forms.Form):
    """A new sandbox."""

    scenario = forms.ChoiceField(label="Scenario")
    owner = OwnerField()
    name = forms.CharField(
        label="Name",
        max_length=120,
        required=False,
        help_text="Leave it empty to use the scenario's name.",
    )

    def __init__(self, data: Any, scenarios: list[tuple[str, str]], initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.fields["scenario"] = forms.ChoiceField(label="Scenario", choices=scenarios)
