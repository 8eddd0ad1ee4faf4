"""The forms of the EC2 pages; what a value may be is decided by the operation."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from console.pages.faults import refuse_at_fields
from iam.wire.errors import AwsError

_AS_TYPED = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
TYPES = ("t3.micro", "t3.nano", "t3.small", "t3.medium", "m5.large")
NO_ROLE = "No IAM Role"
Profiles = Iterable[Mapping[str, Any]]


def _profile_choices(profiles: Profiles, none: str) -> list[tuple[str, str]]:
    return [("", none)] + [(one["Arn"], one["InstanceProfileName"]) for one in profiles]


class Ec2Form(forms.Form):
    """A form whose errors come from AWS: `refuse` puts them at the fields at fault."""

    parameters = {"IamInstanceProfile": "profile"}
    refused: AwsError | None = None

    def refuse(self, error: AwsError) -> None:
        """Add an AwsError to the fields of the parameters it names, else keep it for the page."""
        if not refuse_at_fields(self, error, self.parameters):
            self.refused = error


class LaunchForm(Ec2Form):
    """*Launch an instance*."""

    parameters = {
        **Ec2Form.parameters,
        "ImageId": "image",
        "InstanceType": "type",
        "MinCount": "count",
        "TagSpecifications": "name",
    }

    name = forms.CharField(required=False, widget=forms.TextInput(attrs=_AS_TYPED))
    image = forms.ChoiceField(label="Amazon Machine Image (AMI)")
    type = forms.ChoiceField(label="Instance type", choices=[(one, one) for one in TYPES])
    profile = forms.ChoiceField(label="IAM instance profile", required=False)
    tokens = forms.ChoiceField(
        label="Metadata version",
        choices=[
            ("required", "V2 only (token required)"),
            ("optional", "V1 and V2 (token optional)"),
        ],
        initial="required",
    )
    count = forms.IntegerField(label="Number of instances", initial=1, min_value=1, max_value=20)

    def __init__(self, images: Profiles, profiles: Profiles, data: Any = None) -> None:
        super().__init__(data)
        shown = [(one["ImageId"], f"{one['Name']} ({one['ImageId']})") for one in images]
        self.fields["image"].choices = shown  # type: ignore[attr-defined]
        choices = _profile_choices(profiles, "Select")
        self.fields["profile"].choices = choices  # type: ignore[attr-defined]

    def params(self) -> dict[str, Any]:
        """Return what RunInstances takes."""
        given = self.cleaned_data
        params: dict[str, Any] = {
            "ImageId": given["image"],
            "InstanceType": given["type"],
            "MinCount": given["count"],
            "MaxCount": given["count"],
            "MetadataOptions": {"HttpTokens": given["tokens"]},
        }
        if given["profile"]:
            params["IamInstanceProfile"] = {"Arn": given["profile"]}
        if given["name"]:
            tags = [{"Key": "Name", "Value": given["name"]}]
            params["TagSpecifications"] = [{"ResourceType": "instance", "Tags": tags}]
        return params


class InstanceRoleForm(Ec2Form):
    """*Modify IAM role*."""

    profile = forms.ChoiceField(label="IAM role", required=False)

    def __init__(self, profiles: Profiles, current: str, data: Any = None) -> None:
        super().__init__(data, initial={"profile": current})
        choices = _profile_choices(profiles, NO_ROLE)
        self.fields["profile"].choices = choices  # type: ignore[attr-defined]
