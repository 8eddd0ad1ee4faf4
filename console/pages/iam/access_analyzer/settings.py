"""*Analyzer settings*: creating and deleting analyzers."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.labs.rules import Tool
from console.pages.calls import CallResult, call
from console.pages.dialogs import ConfirmDialog
from console.pages.forms import AS_TYPED, AwsForm, sent
from console.pages.iam.access_analyzer.findings import TITLE, analyzers_in
from console.pages.iam.navigation import iam_frame
from console.signin.guard import console_page, needs
from console.ui.flash import flash_success
from console.ui.tables import Column, Empty, RefusedRows, Table

ZONES = {"ACCOUNT": "Current account", "ORGANIZATION": "Current organization"}
ANALYZERS = Table(
    id="analyzers",
    title="Analyzers",
    info="access-analyzer",
    row_key="name",
    columns=[
        Column("name", "Name", link=lambda row: row["url"]),
        Column("zone", "Zone of trust"),
        Column("createdAt", "Creation time", kind="time", searchable=False),
        Column("arn", "ARN", kind="copy"),
        Column("delete", "", template="iam/access_analyzer/delete_link.html", sortable=False),
    ],
    sort="name",
    empty=Empty("No analyzers", "Create an analyzer to see who outside has access to what."),
    refused=RefusedRows(
        "You don't have permission to list analyzers", "The analyzers could not be listed"
    ),
)


class AnalyzerForm(AwsForm):
    """*Create analyzer*, for external access."""

    analyzerName = forms.CharField(  # noqa: N815 -- the parameter's name
        label="Name", widget=forms.TextInput(attrs=AS_TYPED), initial="ExternalAccess"
    )
    type = forms.ChoiceField(
        label="Zone of trust",
        choices=list(ZONES.items()),
        widget=forms.RadioSelect,
        initial="ACCOUNT",
    )


def _trail(label: str) -> list[tuple[str, str]]:
    settings = reverse("analyzer_settings")
    return [(TITLE, reverse("access_analyzer")), ("Analyzer settings", settings), (label, "")]


@require_http_methods(["GET", "POST"])
@console_page
@needs(Tool.MAP)
def analyzer_settings(request: HttpRequest) -> HttpResponse:
    """List the analyzers, and create one."""
    form = AnalyzerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        result = form.send(request, "access-analyzer:CreateAnalyzer", **form.cleaned_data)
        if not result.error:
            flash_success(request, f"Analyzer {form.cleaned_data['analyzerName']} created.")
            return redirect("access_analyzer")
    listed = analyzers_in(request)
    home = reverse("access_analyzer")
    rows = [
        {**one, "zone": ZONES.get(one["type"], one["type"]), "url": f"{home}?analyzer={one['arn']}"}
        for one in listed.rows("analyzers")
    ]
    context = {"form": form, "table": ANALYZERS.view(request, rows, refused=listed)}
    frame = iam_frame(request, "access_analyzer", _trail("")[:2])
    return render(request, "iam/access_analyzer/settings.html", {**frame, **context})


@require_http_methods(["GET", "POST"])
@console_page
@needs(Tool.MAP)
def analyzer_delete(request: HttpRequest) -> HttpResponse:
    """Delete the analyzer that `?name=` names, once its name is typed."""
    name = sent(request).get("name", "")
    dialog = ConfirmDialog(
        title=f"Delete {name}?",
        sentences=("Its findings are deleted with it, including archived ones.",),
        action="Delete",
        back=reverse("analyzer_settings"),
        expected=name,
        hidden=(("name", name),),
    )

    def delete() -> CallResult:
        return call(request, "access-analyzer:DeleteAnalyzer", analyzerName=name)

    frame = iam_frame(request, "access_analyzer", _trail(f"Delete {name}"))
    return dialog.carry_out(request, frame, delete, f"Analyzer {name} deleted.")
