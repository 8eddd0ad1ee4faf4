"""The forms of identity providers, with fields named as AWS's parameters."""

from typing import Any

from django import forms
from django.http import QueryDict

from console.pages.forms import AS_TYPED, AwsForm
from console.ui.tags import TagsField
from iam.federation import BadKeySet, checked_key_set

_MOST_BYTES = 1_000_000
_CODE = {"rows": 8, "class": "mono", "spellcheck": "false"}
_TOO_LARGE = "The metadata document is larger than 1 MB, the limit here."


class MetadataForm(AwsForm):
    """A metadata document: a file, or its text, which keeps a file that was refused."""

    metadata_file = forms.FileField(label="Metadata document", required=False)
    SAMLMetadataDocument = forms.CharField(
        label="Metadata document as text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs=_CODE),
    )

    def clean(self) -> dict[str, Any]:
        """Read the file into the text."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("metadata_file")
        if file is not None:
            cleaned["SAMLMetadataDocument"] = self._read(file)
        return cleaned

    def _read(self, file: Any) -> str:
        if file.size > _MOST_BYTES:
            self.add_error("metadata_file", _TOO_LARGE)
            return ""
        try:
            text: str = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("metadata_file", "The metadata document is not UTF-8 text.")
            return ""
        if isinstance(self.data, QueryDict):  # the form that is shown again has the text in it
            self.data = self.data.copy()
            self.data["SAMLMetadataDocument"] = text
        return text


class AddProviderForm(MetadataForm):
    """*Add provider*, of either type."""

    type = forms.ChoiceField(choices=[("saml", "SAML"), ("oidc", "OpenID Connect")], initial="saml")
    Name = forms.CharField(
        label="Provider name", required=False, widget=forms.TextInput(attrs=AS_TYPED)
    )
    Url = forms.CharField(
        label="Provider URL", required=False, widget=forms.TextInput(attrs=AS_TYPED)
    )
    ClientIDList = forms.CharField(
        label="Audience", required=False, widget=forms.TextInput(attrs=AS_TYPED)
    )
    JsonWebKeySet = forms.CharField(
        label="JSON Web Key Set (JWKS)",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs=_CODE),
    )
    Tags = TagsField()

    def clean(self) -> dict[str, Any]:
        """Require the fields of the chosen type, before anything is created."""
        cleaned = super().clean()
        if cleaned.get("type") == "oidc":
            self._clean_oidc(cleaned)
        else:
            self._clean_saml(cleaned)
        return cleaned

    def _clean_saml(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("Name"):
            self.add_error("Name", "Provider name is required.")
        if not cleaned.get("SAMLMetadataDocument") and not self.has_error("metadata_file"):
            self.add_error("metadata_file", "Metadata document is required.")

    def _clean_oidc(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("ClientIDList"):
            self.add_error("ClientIDList", "Audience is required.")
        keys = cleaned.get("JsonWebKeySet", "")
        try:
            if keys.strip():
                checked_key_set(keys)
        except BadKeySet as error:
            self.add_error("JsonWebKeySet", str(error))


class AudienceForm(AwsForm):
    """*Add audience*."""

    ClientID = forms.CharField(
        label="Audience", required=False, widget=forms.TextInput(attrs=AS_TYPED)
    )


class ThumbprintsForm(AwsForm):
    """*Manage thumbprints*, one a line."""

    ThumbprintList = forms.CharField(
        label="Thumbprints",
        required=False,
        help_text="One per line: 40 hexadecimal characters each, five at most.",
        widget=forms.Textarea(attrs={**_CODE, "rows": 5}),
    )


class KeysForm(AwsForm):
    """The provider's public keys."""

    JsonWebKeySet = forms.CharField(
        label="JSON Web Key Set (JWKS)",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={**_CODE, "rows": 14}),
    )
