"""*Credential report*: downloaded, and generated if the last is older than four hours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from console.pages.calls import CallResult, call
from console.pages.iam.navigation import iam_frame
from console.signin.guard import console_page

_NONE_YET = ("ReportNotPresent", "ReportExpired")


def _downloaded(report: CallResult) -> HttpResponse:
    name = f"status_reports_{report.output['GeneratedTime']:%Y-%m-%dT%H_%M_%S}.csv"
    disposition = f'attachment; filename="{name}"'
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(report.output["Content"], content_type="text/csv", headers=headers)


@require_http_methods(["GET", "POST"])
@console_page
def credential_report(request: HttpRequest) -> HttpResponse:
    """Show when the report was generated; download it, generated again if needed."""
    refused = CallResult()
    if request.method == "POST":
        refused = call(request, "iam:GenerateCredentialReport")
        report = refused if refused.error else call(request, "iam:GetCredentialReport")
        if not report.error:
            return _downloaded(report)
        refused = report
    present = call(request, "iam:GetCredentialReport")
    context = {
        "refused": refused,
        "generated": present.output.get("GeneratedTime"),
        "present": present.without(*_NONE_YET),
    }
    frame = iam_frame(request, "credential_report", [("Credential report", "")])
    return render(request, "iam/reports/credential_report.html", {**frame, **context})
