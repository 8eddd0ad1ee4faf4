"""The list of buckets; opening, creating and deleting one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from console.pages.calls import CallResult, call
from console.pages.s3.forms import BucketForm, ConfirmForm, OpenForm
from console.pages.s3.frame import page_url, s3_frame
from console.signin.guard import console_page
from console.ui.flash import flash_success
from console.ui.tables import Column, Empty, RefusedRows, Table
from iam.catalogue.regions import HOME_REGION, region_label


def _bucket_url(row: dict[str, Any]) -> str:
    return page_url("bucket", row["Name"])


BUCKETS = Table(
    id="buckets",
    title="General purpose buckets",
    description="Buckets are containers for data stored in S3.",
    info="s3-buckets",
    search="Find buckets by name",
    selection="radio",
    row_key="Name",
    sort="Name",
    columns=[
        Column("Name", "Name", link=_bucket_url),
        Column("BucketRegion", "AWS Region", value=lambda row: region_label(row["BucketRegion"])),
        Column("CreationDate", "Creation date", kind="time"),
        Column("BucketArn", "Amazon Resource Name (ARN)", kind="copy", visible=False),
    ],
    empty=Empty(
        "No buckets", "You don't have any buckets in this account.", "Create bucket", "create"
    ),
    refused=RefusedRows(
        "You don't have permissions to list buckets",
        "The buckets could not be listed",
        "After you or your AWS administrator has updated your permissions to allow the "
        "s3:ListAllMyBuckets action, refresh the page.",
    ),
)


@console_page
def buckets(request: HttpRequest, opening: OpenForm | None = None) -> HttpResponse:
    """List the account's buckets."""
    listed = call(request, "s3:ListBuckets")
    context = {
        **s3_frame(),
        "opening": opening or OpenForm(),
        "table": BUCKETS.view(request, listed.rows("Buckets"), refused=listed),
    }
    return render(request, "s3/buckets.html", context)


@console_page
def bucket_open(request: HttpRequest) -> HttpResponse:
    """Redirect to a bucket by its name, whoever owns it."""
    form = OpenForm(request.GET)
    if form.is_valid():
        return redirect(page_url("bucket", form.cleaned_data["name"]))
    opened: HttpResponse = buckets(request, form)
    return opened


@console_page
def bucket_create(request: HttpRequest) -> HttpResponse:
    form = BucketForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name, region = form.cleaned_data["name"], form.cleaned_data["region"]
        params: dict[str, Any] = {"Bucket": name}
        if region != HOME_REGION:
            params["CreateBucketConfiguration"] = {"LocationConstraint": region}
        if not form.send(request, "s3:CreateBucket", **params).error:
            link = ("View details", page_url("bucket", name))
            flash_success(request, f'Successfully created bucket "{name}"', link)
            return redirect("buckets")
    frame = s3_frame([("Create bucket", "")])
    return render(request, "s3/bucket_create.html", {**frame, "form": form})


@console_page
def bucket_delete(request: HttpRequest) -> HttpResponse:
    """Ask for the bucket's name, then delete the bucket."""
    name = request.POST.get("bucket") or request.GET.get("selected", "")
    if not name:
        return redirect("buckets")
    form = ConfirmForm(name, request.POST or None)
    deleted = CallResult()
    if request.method == "POST" and form.is_valid():
        deleted = call(request, "s3:DeleteBucket", Bucket=name)
        if not deleted.error:
            flash_success(request, f'Successfully deleted bucket "{name}"')
            return redirect("buckets")
    frame, back = s3_frame([("Delete bucket", "")]), reverse("buckets")
    context = {**frame, "bucket": name, "form": form, "refused": deleted, "back": back}
    return render(request, "s3/bucket_delete.html", context)
