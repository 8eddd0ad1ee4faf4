"""What an administrator fills in about site users."""

from django import forms

from console.labs.new_students import LONGEST_NAME
from console.labs.site_users import SiteRole

_AS_TYPED = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class RoleForm(forms.Form):
    """What a site user may do."""

    role = forms.ChoiceField(label="Role", choices=SiteRole.choices, widget=forms.RadioSelect)


class NewLoginForm(forms.Form):
    """A new login."""

    name = forms.CharField(
        label="Login",
        max_length=LONGEST_NAME,
        help_text="They log in with it. A pseudonym is fine.",
        widget=forms.TextInput(attrs=_AS_TYPED),
    )
    display_name = forms.CharField(
        label="Display name",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label="Role",
        choices=SiteRole.choices,
        initial=SiteRole.STUDENT,
        widget=forms.RadioSelect,
    )
