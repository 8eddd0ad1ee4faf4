"""The forms of the S3 pages; the operations judge the values."""

from typing import Any

from django import forms

from console.pages.forms import AS_TYPED, AwsForm
from iam.arns import bucket_arn
from iam.catalogue.regions import DEFAULT_REGIONS, HOME_REGION, region_label


def _regions() -> list[tuple[str, str]]:
    return [(code, region_label(code)) for code in DEFAULT_REGIONS]


class MultipleFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class BucketForm(AwsForm):
    """A new bucket."""

    fields_by_parameter = {"Bucket": "name"}

    name = forms.CharField(
        label="Bucket name", required=False, widget=forms.TextInput(attrs=AS_TYPED)
    )
    region = forms.ChoiceField(label="AWS Region", choices=_regions, initial=HOME_REGION)


class OpenForm(forms.Form):
    """A bucket opened by its name, whoever owns it."""

    name = forms.RegexField(
        label="Bucket name",
        regex=r"^[A-Za-z0-9][A-Za-z0-9._-]{2,62}$",
        error_messages={
            "required": "The specified bucket is not valid.",
            "invalid": "The specified bucket is not valid.",
        },
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        if data is not None and data.get("name"):
            self.data = {"name": _plain_name(data["name"])}


def _plain_name(typed: str) -> str:
    """Return the bucket's name, also from a typed ARN or S3 URI."""
    name = typed.strip().removeprefix(bucket_arn("")).removeprefix("s3://")
    return name.partition("/")[0]


class ConfirmForm(forms.Form):
    """The confirmation of a deletion: a text that must be typed exactly."""

    confirmation = forms.CharField(required=False, widget=forms.TextInput(attrs=AS_TYPED))

    def __init__(self, wanted: str, data: Any = None) -> None:
        super().__init__(data)
        self.wanted = wanted
        self.fields["confirmation"].widget.attrs["data-confirms"] = wanted

    def clean_confirmation(self) -> str:
        """Return the typed text; raises ValidationError if it is another."""
        typed: str = self.cleaned_data["confirmation"]
        if typed != self.wanted:
            message = f"Type {self.wanted} to confirm."
            raise forms.ValidationError(message)
        return typed


class TextForm(AwsForm):
    """A small text written as an object."""

    fields_by_parameter = {"Key": "name", "Body": "text"}

    name = forms.CharField(
        label="Object name",
        strip=False,
        required=False,
        widget=forms.TextInput(attrs=AS_TYPED),
    )
    text = forms.CharField(
        label="Content", widget=forms.Textarea(attrs={"rows": 8}), strip=False, required=False
    )


class FilesForm(AwsForm):
    """Files to upload."""

    fields_by_parameter = {"Key": "file", "Body": "file"}

    file = forms.FileField(label="Files", widget=MultipleFiles, required=False)


class FolderForm(AwsForm):
    """A folder: an empty object whose key ends with a slash."""

    fields_by_parameter = {"Key": "name"}

    name = forms.CharField(label="Folder name", widget=forms.TextInput(attrs=AS_TYPED))

    def clean_name(self) -> str:
        """Return the name, which has no slash: folders are created one level at a time."""
        name: str = self.cleaned_data["name"]
        if "/" in name:
            message = 'Folder names can\'t contain "/".'
            raise forms.ValidationError(message)
        return name


class PolicyForm(AwsForm):
    """A bucket policy."""

    fields_by_parameter = {"Policy": "policy"}

    policy = forms.CharField(label="Policy", widget=forms.Textarea, strip=False, required=False)


class PublicAccessForm(AwsForm):
    """The four settings of Block Public Access, named as the operation names them."""

    BlockPublicAcls = forms.BooleanField(
        required=False,
        label="Block public access to buckets and objects granted through new access control "
        "lists (ACLs)",
    )
    IgnorePublicAcls = forms.BooleanField(
        required=False,
        label="Block public access to buckets and objects granted through any access control "
        "lists (ACLs)",
    )
    BlockPublicPolicy = forms.BooleanField(
        required=False,
        label="Block public access to buckets and objects granted through new public bucket or "
        "access point policies",
    )
    RestrictPublicBuckets = forms.BooleanField(
        required=False,
        label="Block public and cross-account access to buckets and objects through any public "
        "bucket or access point policies",
    )
