"""The list of trails."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.pages.calls import call
from console.pages.cloudtrail.frame import cloudtrail_frame
from console.pages.s3.frame import page_url
from console.signin.guard import console_page
from console.ui.tables import Column, Empty, RefusedRows, Table

_EMPTY = Empty("No trails", "No trails to display.", "Create trail", "create")
TRAILS = Table(
    id="trails",
    title="Trails",
    description="A trail delivers events as log files to an S3 bucket.",
    info="trails",
    search="Find trails",
    sort="Name",
    columns=[
        Column("Name", "Name", link=lambda row: reverse("trail", args=[row["Name"]])),
        Column("HomeRegion", "Home region"),
        Column(
            "IsMultiRegionTrail",
            "Multi-Region trail",
            value=lambda row: "Yes" if row["IsMultiRegionTrail"] else "No",
        ),
        Column(
            "S3BucketName", "S3 bucket", link=lambda row: page_url("bucket", row["S3BucketName"])
        ),
        Column("S3KeyPrefix", "Log file prefix", visible=False),
        Column("status", "Status", template="cloudtrail/trail_status.html"),
        Column("TrailARN", "Trail ARN", kind="copy", visible=False),
    ],
    empty=_EMPTY,
    refused=RefusedRows(
        "You don't have permissions to see trails", "The trails could not be listed"
    ),
)


def _with_status(request: HttpRequest, trail: dict[str, Any]) -> dict[str, Any]:
    """Return a trail with its status, by a call each: a Region has at most five trails."""
    asked = call(request, "cloudtrail:GetTrailStatus", Name=trail["TrailARN"])
    if asked.error:
        return {**trail, "status": ""}
    return {**trail, "status": "Logging" if asked.output["IsLogging"] else "Off"}


@console_page
def trails(request: HttpRequest) -> HttpResponse:
    """List the trails of the Region."""
    listed = call(request, "cloudtrail:DescribeTrails")
    rows = [_with_status(request, one) for one in listed.rows("trailList")]
    context = {
        **cloudtrail_frame(section="Trails"),
        "table": TRAILS.view(request, rows, refused=listed),
    }
    return render(request, "cloudtrail/trails.html", context)
