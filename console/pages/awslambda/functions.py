"""The list of functions, and deleting them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.awslambda.frame import lambda_frame
from console.pages.awslambda.rows import listed_functions, row_of
from console.pages.dialogs import ConfirmDialog
from console.pages.outcomes import Outcomes, chosen_in, named
from console.pages.service_frame import list_page
from console.signin.guard import console_page
from console.ui.flash import flash_success
from console.ui.tables import Column, Empty, RefusedRows, Table


def _url(row: dict[str, Any]) -> str:
    return reverse("function", args=[row["FunctionName"]])


FUNCTIONS = Table(
    id="functions",
    title="Functions",
    info="lambda-functions",
    search="Find function by name, runtime or role",
    selection="checkbox",
    row_key="FunctionName",
    columns=[
        Column("FunctionName", "Function name", link=_url),
        Column("Description", "Description"),
        Column("PackageType", "Package type"),
        Column("runtime", "Runtime"),
        Column("role", "Execution role"),
        Column("changed", "Last modified", kind="time"),
    ],
    empty=Empty("No functions", "There is no data to display."),
    refused=RefusedRows(
        "You don't have permissions to list functions", "The functions could not be listed"
    ),
)


@console_page
def functions(request: HttpRequest) -> HttpResponse:
    """List the Region's functions."""
    listed = listed_functions(request)
    rows = [row_of(one) for one in listed.rows("Functions")]
    return list_page(
        request,
        lambda_frame(request),
        FUNCTIONS.view(request, rows, refused=listed),
        title="Functions",
        removes=("Delete", "functions_delete"),
        creates=("Create function", "function_create"),
    )


@require_http_methods(["GET", "POST"])
@console_page
def functions_delete(request: HttpRequest) -> HttpResponse:
    """Ask for confirmation, then delete the chosen functions."""
    names = chosen_in(request)
    if not names:
        return redirect("functions")
    dialog = ConfirmDialog(
        f"Delete {names[0]}?" if len(names) == 1 else f"Delete {len(names)} functions?",
        (
            "Deleting a function permanently removes the function code. The execution role stays, "
            "and its sessions work until their time is up.",
        ),
        "Delete",
        reverse("functions"),
        hidden=tuple(("selected", name) for name in names),
        items=tuple((name, "") for name in names),
    )
    if not dialog.confirmed(request):
        return dialog.show(request, lambda_frame(request, [("Delete", "")]))
    outcomes = Outcomes()
    for name in names:
        outcomes.call(request, name, "lambda:DeleteFunction", FunctionName=name)
    if outcomes.done:
        flash_success(request, f"Successfully deleted {named(outcomes.done)}.")
    outcomes.flash_refused(request, "deleted")
    return redirect("functions")
