"""One bucket: its objects, properties and permissions, each a tab of its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.calls import call, call_listing
from console.pages.s3.forms import PublicAccessForm
from console.pages.s3.frame import folder_crumbs, page_url, s3_frame
from console.pages.s3.objects_table import OBJECTS, completing, named_rows
from console.signin.guard import console_page
from console.ui.tabs import Tab, Tabs
from iam.arns import bucket_arn
from iam.catalogue.regions import HOME_REGION, region_label

_TABS = [
    Tab("objects", "Objects"),
    Tab("properties", "Properties"),
    Tab("permissions", "Permissions"),
]


def _objects(request: HttpRequest, bucket: str) -> dict[str, Any]:
    prefix, search = request.GET.get("prefix", ""), request.GET.get("search", "")
    params = {"Bucket": bucket, "Prefix": prefix + search, "Delimiter": "/"}
    if after := request.GET.get("after"):
        params["ContinuationToken"] = after
    found = call_listing(request, "s3:ListObjectsV2", **params)
    following = found.listing.following
    return {
        "prefix": prefix,
        "search": search,
        "table": OBJECTS.view(
            request,
            named_rows(prefix, found),
            refused=found.refused,
            complete=completing(bucket, prefix, found),
        ),
        "next_url": page_url("bucket", bucket, prefix=prefix, search=search, after=following)
        if following
        else "",
        "upload_url": page_url("object_upload", bucket, prefix=prefix),
        "folder_url": page_url("folder_create", bucket, prefix=prefix),
        "delete_url": page_url("objects_delete", bucket),
    }


def _properties(request: HttpRequest, bucket: str) -> dict[str, Any]:
    located = call(request, "s3:GetBucketLocation", Bucket=bucket)
    listed = call(request, "s3:ListBuckets", Prefix=bucket)
    own = [one for one in listed.output.get("Buckets", ()) if one["Name"] == bucket]
    return {
        "location": located,
        "arn": bucket_arn(bucket),
        "region": ""
        if located.error
        else region_label(located.output.get("LocationConstraint") or HOME_REGION),
        "created": own[0]["CreationDate"] if own else None,
    }


def _permissions(request: HttpRequest, bucket: str) -> dict[str, Any]:
    block = call(request, "s3:GetPublicAccessBlock", Bucket=bucket)
    policy = call(request, "s3:GetBucketPolicy", Bucket=bucket)
    blocked = block.output.get("PublicAccessBlockConfiguration", {})
    fields = PublicAccessForm().fields.items()
    settings = [(field.label, blocked.get(name, False)) for name, field in fields]
    return {
        "settings": settings,
        "all_blocked": all(on for _, on in settings),
        "block_result": block.without("NoSuchPublicAccessBlockConfiguration"),
        "policy": policy.output.get("Policy", ""),
        "policy_result": policy.without("NoSuchBucketPolicy"),
    }


_OF_TAB = {"objects": _objects, "properties": _properties, "permissions": _permissions}


@console_page
def bucket(request: HttpRequest, bucket: str) -> HttpResponse:
    """Show one tab of a bucket."""
    chosen = request.GET.get("tab", "objects")
    tabs = Tabs(_TABS, page_url("bucket", bucket), chosen, label="Sections of this bucket")
    crumbs = folder_crumbs(bucket, request.GET.get("prefix", ""))
    crumbs[-1] = (crumbs[-1][0], "")
    context = {
        **s3_frame(crumbs),
        "bucket": bucket,
        "tabs": tabs,
        "tab_template": f"s3/bucket_{tabs.current}.html",
        **_OF_TAB[tabs.current](request, bucket),
    }
    return render(request, "s3/bucket.html", context)
