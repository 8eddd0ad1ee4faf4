"""Creating a trail, with the calls of CloudTrail's console in its order."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string

from console.pages.calls import CallResult, call
from console.pages.cloudtrail.frame import cloudtrail_frame
from console.pages.cloudtrail.trails.bucket_policy import log_bucket_policy
from console.pages.cloudtrail.trails.forms import EXISTING, NEW, TrailForm
from console.pages.outcomes import flash_refused
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.flash import flash_success
from iam.arns import trail_arn
from iam.catalogue.regions import HOME_REGION


def _make_bucket(request: HttpRequest, form: TrailForm) -> CallResult:
    account_id = console_of(request).caller.account_id
    chosen = form.cleaned_data
    result = form.send(request, "s3:CreateBucket", Bucket=chosen["bucket"])
    if result.error:
        return result
    arn = trail_arn(HOME_REGION, account_id, chosen["name"])
    policy = log_bucket_policy(chosen["bucket"], chosen["folder"], account_id, arn)
    result = call(request, "s3:PutBucketPolicy", Bucket=chosen["bucket"], Policy=policy)
    if result.error:
        form.refused = result  # no field is at fault: nobody typed this policy
    return result


def _is_taken(request: HttpRequest, name: str) -> bool:
    """Return whether a trail has this name: then no bucket is created for a second one."""
    listed = call(request, "cloudtrail:DescribeTrails", trailNameList=[name])
    return bool(listed.output.get("trailList"))


def _make_trail(request: HttpRequest, form: TrailForm) -> CallResult:
    chosen = form.cleaned_data
    params = {"Name": chosen["name"], "S3BucketName": chosen["bucket"]}
    if chosen["folder"]:
        params["S3KeyPrefix"] = chosen["folder"]
    return form.send(request, "cloudtrail:CreateTrail", IsMultiRegionTrail=True, **params)


def _begin(request: HttpRequest, form: TrailForm) -> None:
    """Select the events and start logging; if one of the calls fails, the trail stays."""
    name = form.cleaned_data["name"]
    put = {"TrailName": name, "EventSelectors": form.selectors()}
    for result in (
        call(request, "cloudtrail:PutEventSelectors", **put),
        call(request, "cloudtrail:StartLogging", Name=name),
    ):
        if result.error:
            flash_refused(request, result)


def _create(request: HttpRequest, form: TrailForm) -> CallResult:
    """Make AWS's calls in AWS's order; stop at the first refusal."""
    chosen = form.cleaned_data
    if chosen["storage"] == NEW and not _is_taken(request, chosen["name"]):
        result = _make_bucket(request, form)
        if result.error:
            return result
        form.data = {**dict(form.data.items()), "storage": EXISTING}
    result = _make_trail(request, form)
    if not result.error:
        _begin(request, form)
    return result


@console_page
def trail_create(request: HttpRequest) -> HttpResponse:
    account_id = console_of(request).caller.account_id
    suffix = get_random_string(8, "0123456789abcdef")
    bucket = f"aws-cloudtrail-logs-{account_id}-{suffix}"
    form = TrailForm(request.POST or None, initial={"bucket": bucket})
    if request.method == "POST" and form.is_valid() and not _create(request, form).error:
        name = form.cleaned_data["name"]
        flash_success(request, f"Trail {name} successfully created.")
        return redirect("trail", name)
    frame = cloudtrail_frame([("Create trail", "")], section="Trails")
    return render(request, "cloudtrail/trail_create.html", {**frame, "form": form})
