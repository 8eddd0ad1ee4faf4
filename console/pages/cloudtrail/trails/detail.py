"""The page of one trail, and its buttons."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from console.pages.calls import CallResult, call
from console.pages.cloudtrail.frame import cloudtrail_frame
from console.pages.outcomes import flash_refused
from console.pages.s3.frame import page_url
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.flash import flash_success

_VERBS = {
    "start": ("cloudtrail:StartLogging", "Logging started for trail {}."),
    "stop": ("cloudtrail:StopLogging", "Logging stopped for trail {}."),
}


def _log_location(request: HttpRequest, trail: dict[str, Any]) -> tuple[str, str]:
    """Return where the log files are, in the console's words, and the page of that folder."""
    prefix = f"{trail['S3KeyPrefix']}/" if "S3KeyPrefix" in trail else ""
    folder = f"{prefix}AWSLogs/{console_of(request).caller.account_id}/"
    bucket = trail["S3BucketName"]
    return f"{bucket}/{folder.rstrip('/')}", page_url("bucket", bucket, prefix=folder)


def _activity(selectors: dict[str, Any]) -> tuple[str, list[str]]:
    """Return which management events a trail logs, and the resources of its data events."""
    basic = selectors.get("EventSelectors", [])
    managed = [one["ReadWriteType"] for one in basic if one["IncludeManagementEvents"]]
    names = {"All": "All", "ReadOnly": "Read", "WriteOnly": "Write"}
    data = [value for one in basic for r in one["DataResources"] for value in r["Values"]]
    return ", ".join(names[kind] for kind in managed) or "Not logged", data


@console_page
def trail(request: HttpRequest, name: str) -> HttpResponse:
    got = call(request, "cloudtrail:GetTrail", Name=name)
    found = got.output.get("Trail")
    context: dict[str, Any] = {
        **cloudtrail_frame([(name, "")], section="Trails"),
        "name": name,
        "trail": found,
        "refused": got,
    }
    if found:
        chosen = call(request, "cloudtrail:GetEventSelectors", TrailName=name)
        tags = call(request, "cloudtrail:ListTags", ResourceIdList=[found["TrailARN"]])
        status = call(request, "cloudtrail:GetTrailStatus", Name=name)
        activity, data = _activity(chosen.output)
        location, location_url = _log_location(request, found)
        listed = tags.output.get("ResourceTagList") or [{"TagsList": []}]
        context |= {
            "status": status.output,
            "status_result": status,
            "selectors_result": chosen,
            "activity": activity,
            "data": data,
            "advanced": chosen.output.get("AdvancedEventSelectors"),
            "tags": listed[0]["TagsList"],
            "tags_result": tags,
            "location": location,
            "location_url": location_url,
        }
    missing = got.code == "TrailNotFoundException"
    return render(request, "cloudtrail/trail.html", context, status=404 if missing else 200)


@require_POST
@console_page
def trail_logging(request: HttpRequest, name: str, verb: str) -> HttpResponse:
    """Start or stop logging."""
    if verb in _VERBS:
        operation, done = _VERBS[verb]
        result = call(request, operation, Name=name)
        if result.error:
            flash_refused(request, result)
        else:
            flash_success(request, done.format(name))
    return redirect("trail", name)


@console_page
def trail_delete(request: HttpRequest, name: str) -> HttpResponse:
    """Ask for confirmation, then delete a trail; its log files stay."""
    deleted = CallResult()
    if request.method == "POST":
        deleted = call(request, "cloudtrail:DeleteTrail", Name=name)
        if not deleted.error:
            flash_success(request, f"Trail {name} deleted.")
            return redirect("trails")
    frame = cloudtrail_frame([(name, ""), ("Delete trail", "")], section="Trails")
    context = {**frame, "name": name, "refused": deleted}
    return render(request, "cloudtrail/trail_delete.html", context)
