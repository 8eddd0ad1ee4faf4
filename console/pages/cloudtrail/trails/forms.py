"""The forms of the trail pages; the operations judge the values."""

from typing import Any

from django import forms

from console.pages.forms import AS_TYPED, AwsForm
from console.services.cloudtrail.destinations import refuse_prefix
from console.services.cloudtrail.names import refuse_name
from console.services.cloudtrail.selectors import ALL_OBJECTS
from console.services.s3.names import is_bucket_name
from iam.arns import object_arn
from iam.wire.errors import AwsError

NEW, EXISTING = "new", "existing"
NONE, ALL, ONE = "none", "all", "one"


class TrailForm(AwsForm):
    """A new trail: its bucket and its events."""

    fields_by_parameter = {
        "Name": "name",
        "S3BucketName": "bucket",
        "S3KeyPrefix": "folder",
        "Bucket": "bucket",
    }

    name = forms.CharField(
        label="Trail name",
        required=False,
        initial="management-events",
        widget=forms.TextInput(attrs=AS_TYPED),
    )
    storage = forms.ChoiceField(
        label="Storage location",
        choices=[(NEW, "Create new S3 bucket"), (EXISTING, "Use existing S3 bucket")],
        initial=NEW,
        widget=forms.RadioSelect,
    )
    bucket = forms.CharField(
        label="Trail log bucket", required=False, widget=forms.TextInput(attrs=AS_TYPED)
    )
    folder = forms.CharField(label="Prefix", required=False, widget=forms.TextInput(attrs=AS_TYPED))
    read = forms.BooleanField(label="Read", required=False, initial=True)
    write = forms.BooleanField(label="Write", required=False, initial=True)
    objects = forms.ChoiceField(
        label="S3 objects",
        choices=[
            (NONE, "Log no data events"),
            (ALL, "All current and future S3 buckets"),
            (ONE, "One bucket"),
        ],
        initial=NONE,
        widget=forms.RadioSelect,
    )
    objects_bucket = forms.CharField(
        label="Bucket", required=False, widget=forms.TextInput(attrs=AS_TYPED)
    )

    def clean(self) -> dict[str, Any]:
        """Refuse before the first call what a later call would be refused for."""
        chosen: dict[str, Any] = super().clean() or {}
        for field, refuse in (("name", refuse_name), ("folder", refuse_prefix)):
            try:
                refuse(chosen.get(field, ""))
            except AwsError as error:
                self.add_error(field, error.message)
        self._clean_buckets(chosen)
        if chosen.get("objects") == NONE and not (chosen.get("read") or chosen.get("write")):
            self.add_error("write", "Choose at least one kind of event.")
        return chosen

    def _clean_buckets(self, chosen: dict[str, Any]) -> None:
        if chosen.get("storage") == NEW and not is_bucket_name(chosen.get("bucket", "")):
            self.add_error("bucket", "The specified bucket is not valid.")
        if chosen.get("objects") == ONE and not is_bucket_name(chosen.get("objects_bucket", "")):
            self.add_error("objects_bucket", "Enter the name of a bucket.")

    def selectors(self) -> list[dict[str, Any]]:
        """Return the event selectors that were chosen."""
        chosen = self.cleaned_data
        values = {
            NONE: [],
            ALL: [ALL_OBJECTS],
            ONE: [object_arn(chosen["objects_bucket"], "")],
        }[chosen["objects"]]
        resources = [{"Type": "AWS::S3::Object", "Values": values}] if values else []
        kinds = {(True, False): "ReadOnly", (False, True): "WriteOnly"}
        return [
            {
                "ReadWriteType": kinds.get((chosen["read"], chosen["write"]), "All"),
                "IncludeManagementEvents": chosen["read"] or chosen["write"],
                "DataResources": resources,
            }
        ]
