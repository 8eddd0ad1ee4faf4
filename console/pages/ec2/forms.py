"""The forms of the EC2 pages; the operations judge the values."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from console.pages.forms import AS_TYPED, AwsForm

TYPES = ("t3.micro", "t3.nano", "t3.small", "t3.medium", "m5.large")
NO_ROLE = "No IAM Role"
Profiles = Iterable[Mapping[str, Any]]


def _profile_choices(profiles: Profiles, none: str) -> list[tuple[str, str]]:
    return [("", none)] + [(one["Arn"], one["InstanceProfileName"]) for one in profiles]


class LaunchForm(AwsForm):
    """*Launch an instance*."""

    fields_by_parameter = {
        "IamInstanceProfile": "profile",
        "ImageId": "image",
        "InstanceType": "type",
        "MinCount": "count",
        "TagSpecifications": "name",
    }

    name = forms.CharField(required=False, widget=forms.TextInput(attrs=AS_TYPED))
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


class InstanceRoleForm(AwsForm):
    """*Modify IAM role*."""

    fields_by_parameter = {"IamInstanceProfile": "profile"}

    profile = forms.ChoiceField(label="IAM role", required=False)

    def __init__(self, profiles: Profiles, current: str, data: Any = None) -> None:
        super().__init__(data, initial={"profile": current})
        choices = _profile_choices(profiles, NO_ROLE)
        self.fields["profile"].choices = choices  # type: ignore[attr-defined]
