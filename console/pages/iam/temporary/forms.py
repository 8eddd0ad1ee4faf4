"""The forms of requests; their fields are named as STS's parameters."""

from typing import Any

from django import forms

from console.pages.forms import AS_TYPED, AwsForm
from console.ui.tags import TagsField

_DURATION = "Seconds: 900 to 129,600; the root user 3,600 at most. 43,200 if empty."
_SERIAL = "The ARN of your MFA device, as Security credentials shows it."


def _line(label: str, **options: Any) -> forms.CharField:
    attrs = {**AS_TYPED, **options.pop("attrs", {})}
    given = {"required": False, "strip": True, **options}
    return forms.CharField(label=label, widget=forms.TextInput(attrs=attrs), **given)


def _text(label: str, rows: int, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "mono", "spellcheck": "false"})
    return forms.CharField(label=label, widget=widget, required=False, strip=False, **options)


class StsForm(AwsForm):
    """The base of these forms: empty fields are not sent, lists have one entry a line."""

    operation = ""

    def params(self) -> dict[str, Any]:
        asked: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            if value in (None, "", []):
                continue
            if name == "PolicyArns":
                asked[name] = [{"arn": arn} for arn in value.split()]
            elif name == "TransitiveTagKeys":
                asked[name] = [key.strip() for key in value.split(",") if key.strip()]
            else:
                asked[name] = value
        return asked


class AssumeRoleForm(StsForm):
    """sts:AssumeRole."""

    operation = "sts:AssumeRole"

    RoleArn = _line("Role ARN", attrs={"list": "role-arns"})
    RoleSessionName = _line("Role session name")
    DurationSeconds = forms.IntegerField(
        label="Duration",
        required=False,
        help_text="Seconds: 900 to the role's maximum session duration. 3,600 if empty.",
        initial=3600,
    )
    ExternalId = _line("External ID")
    SerialNumber = _line("MFA serial number", help_text=_SERIAL)
    TokenCode = _line("MFA code")
    Policy = _text("Session policy", 6)
    PolicyArns = _text("Managed session policies", 2, help_text="One ARN per line, ten at most.")
    Tags = TagsField(label="Session tags", none="No session tags.")
    TransitiveTagKeys = _line("Transitive tag keys", help_text="Separate them with commas.")
    SourceIdentity = _line("Source identity")

    @property
    def has_more(self) -> bool:
        """Return whether a parameter in the closed part has a value or an error."""
        first = ("RoleArn", "RoleSessionName", "DurationSeconds")
        return any(field.errors or field.value() for field in self if field.name not in first)


class SessionTokenForm(StsForm):
    """sts:GetSessionToken."""

    operation = "sts:GetSessionToken"

    DurationSeconds = forms.IntegerField(label="Duration", required=False, help_text=_DURATION)
    SerialNumber = _line("MFA serial number", help_text=_SERIAL)
    TokenCode = _line("MFA code")


class FederationTokenForm(StsForm):
    """sts:GetFederationToken."""

    operation = "sts:GetFederationToken"

    Name = _line("Name of the federated user")
    DurationSeconds = forms.IntegerField(label="Duration", required=False, help_text=_DURATION)
    Policy = _text("Session policy", 6)
    PolicyArns = _text("Managed session policies", 2, help_text="One ARN per line, ten at most.")
    Tags = TagsField(label="Session tags", none="No session tags.")


FORMS: dict[str, type[StsForm]] = {
    "role": AssumeRoleForm,
    "session": SessionTokenForm,
    "federation": FederationTokenForm,
}
