"""The findings of an analyzer, and one finding with the decision that it rests on."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.labs.rules import Tool
from console.pages.calls import CallResult, call
from console.pages.decisions.layer_views import explained_view
from console.pages.iam.navigation import iam_frame
from console.pages.outcomes import flash_refused
from console.pages.places import place_of, places_of_policies
from console.pages.refusals import refused_page
from console.services.accessanalyzer.findings import explain_finding
from console.signin.console import console_of
from console.signin.guard import console_page, needs
from console.signin.lab_rules import rules_for
from console.ui.flash import flash_success
from console.ui.tables import Column, Empty, RefusedRows, SelectFilter, Table
from iam.analysis import for_viewer
from iam.arns import name_in, service_in

TITLE = "Access Analyzer"
STATUSES = {"ACTIVE": "Active", "ARCHIVED": "Archived", "RESOLVED": "Resolved"}
_FEW = 3


def principal_of(finding: dict[str, Any]) -> str:
    """Return an external principal in words, as the console has it."""
    found: dict[str, str] = finding.get("principal", {})
    if found.get("AWS") == "*":
        return "All principals"
    return next(iter(found.values()), "")


def _kind(finding: dict[str, Any]) -> str:
    found: dict[str, str] = finding.get("principal", {})
    return "Federated user" if "Federated" in found else "AWS account"


def _row(finding: dict[str, Any], analyzer: str) -> dict[str, Any]:
    actions: list[str] = finding.get("action", [])
    more = f" and {len(actions) - _FEW} more" if len(actions) > _FEW else ""
    condition: dict[str, str] = finding["condition"]
    query = urlencode({"analyzer": analyzer, "id": finding["id"]})
    return {
        "id": finding["id"],
        "url": f"{reverse('access_finding')}?{query}",
        "resource": finding["resource"],
        "owner": finding["resourceOwnerAccount"],
        "principal": principal_of(finding),
        "condition": ", ".join(f"{key} {value}" for key, value in condition.items()) or "None",
        "access": ", ".join(actions[:_FEW]) + more,
        "updated": finding["updatedAt"],
        "status": STATUSES[finding["status"]],
    }


FINDINGS = Table(
    id="findings",
    title="Findings",
    info="access-analyzer",
    description="Access to this account's roles, buckets and functions from outside the zone of "
    "trust.",
    search="Find findings",
    row_key="id",
    sort="resource",
    columns=[
        Column("id", "Finding ID", link=lambda row: row["url"]),
        Column("resource", "Resource", kind="wrap"),
        Column("owner", "Resource owner account", visible=False),
        Column("principal", "External principal", kind="wrap"),
        Column("condition", "Condition", kind="wrap"),
        Column("access", "Access level", kind="wrap"),
        Column("updated", "Updated", kind="time", searchable=False),
        Column("status", "Status"),
    ],
    filters=[
        SelectFilter(
            "status",
            "Filter by status",
            tuple((word, word) for word in STATUSES.values()),
            lambda row, value: row["status"] == value,
            all_label="All statuses",
        )
    ],
    empty=Empty(
        "No findings",
        "Nobody outside the zone of trust has access to a role, a bucket or a function.",
    ),
    refused=RefusedRows(
        "You don't have permission to see findings", "The findings could not be listed"
    ),
)


def analyzers_in(request: HttpRequest) -> CallResult:
    return call(request, "access-analyzer:ListAnalyzers")


def _all_findings(request: HttpRequest, arn: str) -> tuple[list[dict[str, Any]], CallResult]:
    rows: list[dict[str, Any]] = []
    more: dict[str, Any] = {}
    while True:
        result = call(request, "access-analyzer:ListFindings", analyzerArn=arn, **more)
        rows += result.rows("findings")
        if result.error or "nextToken" not in result.output:
            return rows, result
        more = {"nextToken": result.output["nextToken"]}


@console_page
@needs(Tool.MAP)
def access_analyzer(request: HttpRequest) -> HttpResponse:
    """List the findings of the analyzer that `?analyzer=` names, or of the first one."""
    listed = analyzers_in(request)
    analyzers = listed.rows("analyzers")
    wanted = request.GET.get("analyzer", "")
    chosen = next((one for one in analyzers if one["arn"] == wanted), None)
    chosen = chosen or next(iter(analyzers), None)
    context: dict[str, Any] = {"listed": listed, "analyzers": analyzers, "chosen": chosen}
    if chosen:
        found, refused = _all_findings(request, chosen["arn"])
        rows = [_row(one, chosen["arn"]) for one in found]
        context["table"] = FINDINGS.view(request, rows, refused=refused)
    frame = iam_frame(request, "access_analyzer", [(TITLE, "")])
    return render(request, "iam/access_analyzer/findings.html", {**frame, **context})


def _explained(request: HttpRequest, arn: str, finding_id: str) -> dict[str, Any]:
    """Return the decision behind a finding, as far as its viewer may see the policies."""
    console = console_of(request)
    if not rules_for(request, console.sandbox).allows(Tool.WHY):
        return {}
    found = explain_finding(console.caller, arn, finding_id)
    if found is None:
        return {}
    (one,) = for_viewer(console.caller, [found])
    places = places_of_policies(one, "", "", console.account_id)
    return {
        "one": one,
        "shown": explained_view(one),
        "policies": {name: place.page for name, place in places.items()},
        "texts": {name: place.text_to_line for name, place in places.items()},
    }


@require_http_methods(["GET", "POST"])
@console_page
@needs(Tool.MAP)
def access_finding(request: HttpRequest) -> HttpResponse:
    """Show the finding that `?analyzer=` and `?id=` name; its buttons archive it and undo that."""
    arn, finding_id = request.GET.get("analyzer", ""), request.GET.get("id", "")
    home = f"{reverse('access_analyzer')}?{urlencode({'analyzer': arn})}"
    if request.method == "POST":
        return _change(request, arn, finding_id)
    result = call(request, "access-analyzer:GetFinding", analyzerArn=arn, id=finding_id)
    trail = [(TITLE, home)]
    if result.error:
        return refused_page(
            request,
            result,
            lambda title: iam_frame(request, "access_analyzer", [*trail, (title, "")]),
            home,
        )
    finding = result.output["finding"]
    resource = finding["resource"]
    place = place_of(resource, console_of(request).account_id)
    tab = {"iam": "?tab=trust", "s3": "?tab=permissions"}.get(service_in(resource), "")
    context = {
        "finding": finding,
        "name": name_in(resource).rpartition(":")[2],
        "principal": principal_of(finding),
        "kind": _kind(finding),
        "status": STATUSES[finding["status"]],
        "resource_url": f"{place}{tab}" if place else "",
        "here": request.get_full_path(),
        **_explained(request, arn, finding_id),
    }
    frame = iam_frame(request, "access_analyzer", [*trail, (finding_id, "")])
    return render(request, "iam/access_analyzer/finding.html", {**frame, **context})


def _change(request: HttpRequest, arn: str, finding_id: str) -> HttpResponse:
    status = "ACTIVE" if request.POST.get("status") == "ACTIVE" else "ARCHIVED"
    result = call(
        request, "access-analyzer:UpdateFindings", analyzerArn=arn, status=status, ids=[finding_id]
    )
    if result.error:
        flash_refused(request, result, "The finding was not changed")
    else:
        flash_success(request, f"The finding is now {STATUSES[status].lower()}.")
    return redirect(request.get_full_path())
