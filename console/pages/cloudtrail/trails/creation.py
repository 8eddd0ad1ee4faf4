"""A trail created as CloudTrail's console does it: bucket, its policy, trail, events, logging."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string

from console.pages.calls import call
from console.pages.cloudtrail.frame import cloudtrail_frame
from console.pages.cloudtrail.trails.bucket_policy import log_bucket_policy
from console.pages.cloudtrail.trails.forms import EXISTING, NEW, TrailForm
from console.pages.outcomes import flash_refused
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.flash import flash_success
from iam.catalogue.regions import HOME_REGION
from iam.wire.errors import AwsError


def _make_bucket(request: HttpRequest, chosen: dict[str, Any]) -> AwsError | None:
    account_id = console_of(request).caller.account_id
    name, bucket = chosen["name"], chosen["bucket"]
    error = call(request, "s3:CreateBucket", Bucket=bucket).error
    if error is not None:
        return error
    trail_arn = f"arn:aws:cloudtrail:{HOME_REGION}:{account_id}:trail/{name}"
    policy = log_bucket_policy(bucket, chosen["folder"], account_id, trail_arn)
    error = call(request, "s3:PutBucketPolicy", Bucket=bucket, Policy=policy).error
    if error is not None:
        error.violations = ()
    return error


def _is_taken(request: HttpRequest, name: str) -> bool:
    """Return whether there is a trail of the name: then no bucket is made for another one."""
    listed = call(request, "cloudtrail:DescribeTrails", trailNameList=[name])
    return bool(listed.result.get("trailList"))


def _make_trail(request: HttpRequest, chosen: dict[str, Any]) -> AwsError | None:
    params = {"Name": chosen["name"], "S3BucketName": chosen["bucket"]}
    if chosen["folder"]:
        params["S3KeyPrefix"] = chosen["folder"]
    return call(request, "cloudtrail:CreateTrail", IsMultiRegionTrail=True, **params).error


def _begin(request: HttpRequest, form: TrailForm) -> None:
    """Select the events and start logging; the trail stays, whichever of the two fails."""
    name = form.cleaned_data["name"]
    put = {"TrailName": name, "EventSelectors": form.selectors()}
    for answer in (
        call(request, "cloudtrail:PutEventSelectors", **put),
        call(request, "cloudtrail:StartLogging", Name=name),
    ):
        if answer.error:
            flash_refused(request, answer)


def _create(request: HttpRequest, form: TrailForm) -> AwsError | None:
    """Perform AWS's calls in its order; return the first error, after which no trail is made."""
    chosen = form.cleaned_data
    if chosen["storage"] == NEW and not _is_taken(request, chosen["name"]):
        error = _make_bucket(request, chosen)
        if error is not None:
            return error
        form.data = {**dict(form.data.items()), "storage": EXISTING}
    error = _make_trail(request, chosen)
    if error is None:
        _begin(request, form)
    return error


@console_page
def trail_create(request: HttpRequest) -> HttpResponse:
    """Create a trail that logs."""
    account_id = console_of(request).caller.account_id
    suffix = get_random_string(8, "0123456789abcdef")
    bucket = f"aws-cloudtrail-logs-{account_id}-{suffix}"
    form = TrailForm(request.POST or None, initial={"bucket": bucket})
    if request.method == "POST" and form.is_valid():
        error = _create(request, form)
        if error is None:
            name = form.cleaned_data["name"]
            flash_success(request, f"Trail {name} successfully created.")
            return redirect("trail", name)
        form.refuse(error)
    frame = cloudtrail_frame([("Create trail", "")], section="Trails")
    return render(request, "cloudtrail/trail_create.html", {**frame, "form": form})
